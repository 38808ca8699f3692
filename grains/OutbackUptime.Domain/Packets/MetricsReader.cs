using System.Buffers;
using System.Text.Json;

namespace OutbackUptime.Domain.Packets;

/// <summary>Reads the `metrics` object of a packet.</summary>
internal static class MetricsReader
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Reads from the property's name on, into an empty list. Returns the first fault, or null.</summary>
    public static PacketFault? Read(ref Utf8JsonReader reader, List<Metric> metrics)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return new PacketFault(FaultCodes.MetricsNotAnObject, "metrics is no object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = reader.ValueIsEscaped ? null : MetricNameCache.Find(reader.ValueSpan);
            var name = known ?? reader.GetString()!;
            var fault = ReadValue(ref reader, name, out var value) ?? (known is null ? CheckName(name) : null) ?? CheckPlace(name, metrics);
            if (fault is not null)
            {
                return fault;
            }

            if (known is null)
            {
                MetricNameCache.Keep(name);
            }

            metrics.Add(new Metric(name, value));
        }

        return metrics.Count == 0 ? new PacketFault(FaultCodes.MetricsEmpty, "metrics is empty; a packet has at least one.") : null;
    }

    private static PacketFault? CheckName(string name) => IsValid(name) ? null : PacketFaults.MetricName(name);

    private static PacketFault? CheckPlace(string name, List<Metric> metrics)
    {
        foreach (var other in metrics)
        {
            if (string.Equals(other.Name, name, StringComparison.Ordinal))
            {
                return PacketFaults.DuplicateKey(name);
            }
        }

        return metrics.Count == PacketParser.MaxMetrics
            ? new PacketFault(FaultCodes.MetricsTooMany, $"More than {PacketParser.MaxMetrics} metrics.")
            : null;
    }

    private static PacketFault? ReadValue(ref Utf8JsonReader reader, string name, out double value)
    {
        value = 0;
        reader.Read();
        return reader.TokenType != JsonTokenType.Number ? PacketFaults.MetricNotNumber(name)
            : !reader.TryGetDouble(out value) || !double.IsFinite(value) ? PacketFaults.MetricNotFinite(name)
            : null;
    }

    private static bool IsValid(string name) =>
        name.Length is > 0 and <= PacketParser.MaxMetricNameLength
        && char.IsAsciiLetterLower(name[0])
        && !name.AsSpan().ContainsAnyExcept(NameCharacters);
}
