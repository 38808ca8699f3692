namespace OutbackUptime.Simulation.Water;

/// <summary>A true episode: what the alerts are measured against.</summary>
/// <param name="Kind">What broke.</param>
/// <param name="Water">Which water; -1: the whole station.</param>
/// <param name="From">When, in minutes.</param>
/// <param name="To">When it was mended, in minutes.</param>
/// <param name="Size">Litres a minute that it loses, where that applies.</param>
public sealed record Fault(FaultKind Kind, int Water, int From, int To, double Size)
{
    /// <summary>When the tank went empty because of it, in minutes.</summary>
    public int? EmptyAt { get; set; }

    /// <summary>When the first fitting alert was told, in minutes.</summary>
    public int? ToldAt { get; set; }

    /// <summary>How far its tank fell while it was on, in percent.</summary>
    public double LowestPercent { get; set; } = 100;

    /// <summary>When, after it was mended, its tank was half full again, in minutes.</summary>
    public int? RecoveredAt { get; set; }

    public bool On(int minute) => minute >= From && minute < To;
}
