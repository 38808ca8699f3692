namespace OutbackUptime.Silo.Ingest;

/// <summary>A gateway's stream.</summary>
/// <param name="Station">The station it speaks for.</param>
/// <param name="Since">Since when.</param>
internal sealed class GatewayConnection(string Station, DateTimeOffset Since)
{
    public string Station { get; } = Station;

    public DateTimeOffset Since { get; } = Since;
}
