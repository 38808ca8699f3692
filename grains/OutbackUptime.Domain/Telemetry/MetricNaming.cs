namespace OutbackUptime.Domain.Telemetry;

/// <summary>Names of instruments as Prometheus knows them, by the rules that OpenTelemetry's exporters follow ("Prometheus and OpenMetrics Compatibility").</summary>
public static class MetricNaming
{
    /// <summary>The name with its unit; a counter's ends in `_total`.</summary>
    public static string Of(string instrument, string? unit, bool isCounter)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        var name = string.Create(instrument.Length, instrument, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                to[i] = char.IsAsciiLetterOrDigit(from[i]) || from[i] is '_' or ':' ? from[i] : '_';
            }
        });
        if (UnitName(unit) is { } suffix && !name.EndsWith("_" + suffix, StringComparison.Ordinal))
        {
            name += "_" + suffix;
        }

        return isCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>The word for a UCUM unit; null for none and for annotations such as `{packet}`.</summary>
    public static string? UnitName(string? unit) => unit switch
    {
        "s" => "seconds",
        "By" => "bytes",
        _ => null,
    };
}
