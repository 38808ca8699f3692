using OutbackUptime.Domain.Dedupe;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Grains.Stations;

/// <summary>A station's way into one region's store: plans by <see cref="RegionDedupe"/>, writes, records. Runs on the grain's scheduler.</summary>
internal sealed class RegionIngest(string station, IRegionStore store, StationOptions options, TimeProvider time, StationInstruments instruments)
{
    private readonly RegionDedupe _dedupe = new(new DedupeLimits(options.WindowCapacity, options.BootsPerHub, options.HubsPerStation));
    private readonly Dictionary<long, Task<StoreCommit>> _writes = [];

    public string Region => store.Region;

    public int HubCount => _dedupe.HubCount;

    public int InFlightCount => _dedupe.InFlightCount;

    /// <summary>Recovers the windows from the store. Throws when it can't be read in time.</summary>
    public async Task<int> RecoverAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.RecoveryLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        // WaitAsync, because a store that hangs may not heed the token.
        var keys = await store.ReadRecentKeysAsync(station, options.WindowCapacity, both.Token).WaitAsync(both.Token);
        _dedupe.Recover(keys
            .OrderBy(k => k.Boot).ThenBy(k => k.Seq)
            .Select(k => new DedupeEntry(new PacketKey(k.Hub, k.Boot, k.Seq), k.PayloadHash)));
        return keys.Count;
    }

    /// <summary>Sees to it that the store gets what it lacks of the frame. The task ends when all of it is committed, or can't be.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="entries">Its packets as dedupe sees them, the same for all regions.</param>
    /// <param name="duplicates">How many packets the store holds, or is getting, already.</param>
    public Task<StoreCommit> Commit(IngestFrame frame, DedupeEntry[] entries, out int duplicates)
    {
        var plan = _dedupe.Plan(entries);
        duplicates = 0;

        // Nearly always everything is new.
        var allNew = plan.AllNew;
        List<ReadingRow> some = [];
        List<QuarantineRow> quarantined = [.. frame.Quarantined];
        for (var i = 0; !allNew && i < frame.Readings.Length; i++)
        {
            switch (plan.Verdicts[i])
            {
                case DedupeVerdict.Write:
                    some.Add(frame.Readings[i]);
                    break;
                case DedupeVerdict.Conflict:
                    quarantined.Add(Conflicting(frame.Readings[i]));
                    break;
                default:
                    duplicates++;
                    break;
            }
        }

        Count(duplicates, quarantined.Count - frame.Quarantined.Length);
        var waitsFor = plan.WaitsFor.Select(id => _writes[id]).ToList();
        var write = WriteAsync(plan.WriteId, new StoreBatch(station, frame.JournalEpoch, allNew ? frame.Readings : some, quarantined) { Losses = frame.Losses, Thinned = frame.Thinned });
        if (!write.IsCompleted)
        {
            _writes.Add(plan.WriteId, write);
        }

        return waitsFor.Count == 0 ? write : AllAsync(write, waitsFor);
    }

    private async Task<StoreCommit> WriteAsync(long writeId, StoreBatch batch)
    {
        var spans = StationTraces.Start(station, Region, batch.Readings, batch.Quarantined);
        var commit = await StoreAsync(spans.Count == 0 ? batch : batch with { Traces = [.. spans.Select(s => s.Context)] });
        StationTraces.End(spans, commit);
        _dedupe.Complete(writeId, commit.Committed);
        _writes.Remove(writeId);
        if (commit.Committed && batch.Readings.Count > 0)
        {
            instruments.OnCommitted(Region, batch.Readings.Count);
            var now = time.GetUtcNow();
            for (var i = 0; i < batch.Readings.Count; i++)
            {
                instruments.OnLatency(Region, now - batch.Readings[i].ReceivedAt);
            }
        }

        return commit;
    }

    private async Task<StoreCommit> StoreAsync(StoreBatch batch)
    {
        if (batch.Count == 0)
        {
            return StoreCommit.Done;
        }

        try
        {
            return await store.WriteAsync(batch).AsTask().WaitAsync(options.WriteLimit, time);
        }
        catch (TimeoutException)
        {
            return StoreCommit.Failed($"no answer within {options.WriteLimit.TotalSeconds:0.#} s");
        }
#pragma warning disable CA1031 // A store must not throw; should one do so, the other region goes on and the in-flight keys are freed.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return StoreCommit.Failed($"unexpected {e.GetType().Name}: {e.Message}");
        }
    }

    private static async Task<StoreCommit> AllAsync(Task<StoreCommit> own, List<Task<StoreCommit>> others)
    {
        var failed = default(StoreCommit?);
        foreach (var write in others.Append(own))
        {
            var commit = await write;
            failed ??= commit.Committed ? null : commit;
        }

        return failed ?? StoreCommit.Done;
    }

    private void Count(int duplicates, int conflicts)
    {
        if (duplicates > 0)
        {
            instruments.OnDuplicates(Region, duplicates);
        }

        if (conflicts > 0)
        {
            instruments.OnConflicts(Region, conflicts);
        }
    }

    private QuarantineRow Conflicting(ReadingRow row) => new()
    {
        JournalOffset = row.JournalOffset,
        Hub = row.Hub,
        Topic = $"stations/{station}/hubs/{row.Hub}/packets",
        ReceivedAt = row.ReceivedAt,
        ReasonCode = FaultCodes.KeyConflict,
        Reason = $"Another payload holds the key of this packet (boot {row.Boot}, seq {row.Seq}).",
        Payload = row.Payload,
        TraceParent = row.TraceParent,
    };
}
