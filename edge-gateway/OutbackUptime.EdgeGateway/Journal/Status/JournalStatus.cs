using OutbackUptime.Domain.Losses;

namespace OutbackUptime.EdgeGateway.Journal.Status;

/// <summary>What a journal's file tells.</summary>
/// <param name="Path">The file.</param>
/// <param name="Station">Whose it is.</param>
/// <param name="Epoch">The journal's identity.</param>
/// <param name="Entries">Entries that are not safe yet.</param>
/// <param name="UsedBytes">Bytes in use.</param>
/// <param name="Oldest">When the oldest was received; null: there is none.</param>
/// <param name="EntriesPerDay">At the last day's rate; null while it is not known.</param>
/// <param name="DaysLeft">Days without any region until the overflow policy gives up entries; null while the rate is not known.</param>
/// <param name="GivenUp">Packets given up since the journal was made, by cause.</param>
internal sealed record JournalStatus(
    string Path,
    string Station,
    string Epoch,
    long Entries,
    long UsedBytes,
    DateTimeOffset? Oldest,
    double? EntriesPerDay,
    double? DaysLeft,
    IReadOnlyDictionary<LossCause, long> GivenUp);
