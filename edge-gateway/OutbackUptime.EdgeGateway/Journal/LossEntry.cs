using OutbackUptime.Domain.Losses;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>Loss records as journal entries.</summary>
internal static class LossEntry
{
    /// <summary>The entry, still without an offset.</summary>
    public static JournalEntry Of(LossRecord loss, DateTimeOffset now) =>
        new(0, JournalEntryKind.Loss, loss.Hub, 0, false, 0, now, 0, LossRecordJson.Write(loss), "", "", "");
}
