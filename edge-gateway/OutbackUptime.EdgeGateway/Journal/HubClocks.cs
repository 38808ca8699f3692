using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Clocks;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// The hubs' clocks. What was learned is written with the packet that taught it, but only where it differs by more than a
/// second from what is written: the offset of a live hub moves by milliseconds with each packet, and each write wears flash.
/// </summary>
internal sealed class HubClocks(JournalDatabase database)
{
    // Beyond it those in memory are read again from the file.
    private const int MaxHubs = 4096;
    private static readonly TimeSpan s_worthWriting = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, (HubClock Clock, ClockOffset? Saved)> _hubs = new(StringComparer.Ordinal);

    /// <summary>The packet's event time where its claim is wrong and can be repaired.</summary>
    public DateTimeOffset? Repair(string hub, long boot, long seq, DateTimeOffset? claim, DateTimeOffset receivedAt, SqliteTransaction transaction)
    {
        if (claim is null)
        {
            return null;
        }

        if (!_hubs.TryGetValue(hub, out var known))
        {
            if (_hubs.Count >= MaxHubs)
            {
                _hubs.Clear();
            }

            var saved = database.LoadClock(hub, transaction);
            _hubs[hub] = known = (new HubClock(saved), saved);
        }

        var repaired = known.Clock.Repair(boot, seq, claim, receivedAt);
        if (known.Clock.Learned is { } learned && (known.Saved is not { } old || old.Boot != learned.Boot || (old.Offset - learned.Offset).Duration() > s_worthWriting))
        {
            database.SaveClock(hub, learned, transaction);
            _hubs[hub] = (known.Clock, learned);
        }

        return repaired;
    }

    /// <summary>Forgets what a transaction that failed may have taught.</summary>
    public void Clear() => _hubs.Clear();
}
