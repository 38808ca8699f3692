using System.Text;
using System.Text.Json;
using OutbackUptime.Ledger.Books;

namespace OutbackUptime.Ledger;

/// <summary>Reads a hub's payload as it was sent (from a journal or from quarantine) to tell which published packet it is.</summary>
internal static class PayloadReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>False where the payload is no packet.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> payload, ContentHash content, out ulong boot, out ulong seq, out ulong hash)
    {
        (boot, seq, hash) = (BookEntry.NoBoot, 0, 0);
        try
        {
            using var json = JsonDocument.Parse(payload, Strict);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("seq", out var s) || s.ValueKind != JsonValueKind.Number || !s.TryGetUInt64(out seq)
                || !root.TryGetProperty("metrics", out var metrics) || metrics.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            if (root.TryGetProperty("boot", out var b) && (b.ValueKind != JsonValueKind.Number || !b.TryGetUInt64(out boot)))
            {
                return false;
            }

            long? time = null;
            if (root.TryGetProperty("ts", out var ts))
            {
                if (ts.ValueKind != JsonValueKind.String || !ts.TryGetDateTimeOffset(out var at))
                {
                    return false;
                }

                time = at.ToUnixTimeMilliseconds();
            }

            content.Clear();
            foreach (var metric in metrics.EnumerateObject())
            {
                if (metric.Value.ValueKind != JsonValueKind.Number || !metric.Value.TryGetDouble(out var value))
                {
                    return false;
                }

                content.Add(Encoding.UTF8.GetBytes(metric.Name), value);
            }

            hash = content.Compute(time);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
