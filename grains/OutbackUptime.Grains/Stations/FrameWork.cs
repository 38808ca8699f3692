using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Grains.Stations;

/// <summary>A frame on its way into the stores.</summary>
internal sealed class FrameWork(List<(string Region, Task<StoreCommit> Commit)> regions, string problems, int duplicates, ReadingRow[]? unseen = null)
{
    /// <summary>Ends when every region has answered. Never fails.</summary>
    public Task All { get; } = Task.WhenAll(regions.Select(r => r.Commit));

    /// <summary>The packets that the watch has not seen; once.</summary>
    public ReadingRow[]? TakeUnseen()
    {
        var taken = unseen;
        unseen = null;
        return taken;
    }

    /// <summary>Waits until all regions have answered; but once one has committed, only for <paramref name="grace"/> longer.</summary>
    public async Task FirstCommitAsync(TimeSpan limit, TimeSpan grace, TimeProvider time)
    {
        var first = AnyCommitAsync();
        await WaitAsync(first, limit, time);
        if (first.IsCompleted)
        {
            await WaitAsync(All, grace, time);
        }
    }

    /// <summary>Waits until all regions have answered.</summary>
    public Task AllAsync(TimeSpan limit, TimeProvider time) => WaitAsync(All, limit, time);

    /// <summary>What is known now.</summary>
    public async Task<IngestReceipt> ReceiptAsync()
    {
        List<string> committed = [], pending = [], details = problems.Length == 0 ? [] : [problems];
        foreach (var (region, commit) in regions)
        {
            if (!commit.IsCompleted)
            {
                pending.Add(region);
                continue;
            }

            var outcome = await commit;
            if (outcome.Committed)
            {
                committed.Add(region);
            }
            else
            {
                details.Add($"{region}: {outcome.Detail}");
            }
        }

        return new IngestReceipt { Committed = [.. committed], Pending = [.. pending], Detail = string.Join("; ", details), Duplicates = duplicates };
    }

    private async Task AnyCommitAsync()
    {
        var left = regions.Select(r => r.Commit).ToList();
        while (left.Count > 0)
        {
            var done = await Task.WhenAny(left);
            if ((await done).Committed)
            {
                return;
            }

            left.Remove(done);
        }
    }

    private static async Task WaitAsync(Task task, TimeSpan limit, TimeProvider time)
    {
        if (!task.IsCompleted)
        {
            await task.WaitAsync(limit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }
}
