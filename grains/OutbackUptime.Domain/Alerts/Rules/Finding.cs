namespace OutbackUptime.Domain.Alerts.Rules;

/// <summary>A rule's answer for one slot.</summary>
/// <param name="Look">What it sees.</param>
/// <param name="Severity">How bad, if wrong.</param>
/// <param name="Facts">The numbers, if wrong.</param>
internal readonly record struct Finding(Look Look, AlertSeverity Severity, IReadOnlyDictionary<string, double>? Facts)
{
    public static Finding Fine => new(Look.Fine, default, null);

    public static Finding Unclear => new(Look.Unclear, default, null);

    public static Finding Wrong(AlertSeverity severity, params ReadOnlySpan<(string Name, double Value)> facts)
    {
        var rounded = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            if (double.IsFinite(value))
            {
                rounded[name] = Math.Round(value, Math.Abs(value) >= 100 ? 0 : 1, MidpointRounding.AwayFromZero);
            }
        }

        return new Finding(Look.Wrong, severity, rounded);
    }
}
