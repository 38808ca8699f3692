using System.Text.Json;
using OutbackUptime.Ledger.Books;

namespace OutbackUptime.Ledger.Journals;

/// <summary>Reads the loss records and thinned rows that a journal still holds: their payloads are JSON.</summary>
internal static class NamedEntries
{
    private const long Thinned = 3;
    private const long Loss = 4;

    /// <summary>Whether entries of the kind name packets.</summary>
    public static bool IsNaming(long kind) => kind is Thinned or Loss;

    /// <summary>Null where the payload can't be read: then it names nothing.</summary>
    public static NamedLoss? Read(long kind, string station, string epoch, long offset, ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            var root = json.RootElement;
            return new NamedLoss(
                station,
                epoch,
                (ulong)offset,
                kind == Thinned ? "thinned" : root.GetProperty("cause").GetString()!,
                kind == Thinned ? 0 : root.GetProperty("firstOffset").GetUInt64(),
                root.GetProperty("packets").GetUInt64(),
                root.GetProperty("hub").GetString()!,
                root.GetProperty("boot").GetUInt64(),
                root.GetProperty("firstSeq").GetUInt64(),
                root.GetProperty("lastSeq").GetUInt64(),
                kind == Thinned ? [] : [.. root.GetProperty("missingIn").EnumerateArray().Select(m => m.GetString()!)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }
}
