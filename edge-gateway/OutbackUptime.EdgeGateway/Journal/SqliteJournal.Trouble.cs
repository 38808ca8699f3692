using Microsoft.Data.Sqlite;
using OutbackUptime.EdgeGateway.Journal.Salvage;
using OutbackUptime.EdgeGateway.Journal.Storage;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What the journal does about a disk that is full, or takes no writes.</summary>
internal sealed partial class SqliteJournal
{
    /// <summary>What stands between the journal and its disk.</summary>
    public StorageStatus Storage => _health.Status;

    /// <summary>Commits; a damaged file is salvaged first, and the same packets are committed to the new one.</summary>
    private void CommitOrRepair(List<PendingAppend> batch, bool isTrial)
    {
        if (_isClosed)
        {
            Repair("the last attempt to salvage it failed");
        }

        try
        {
            CommitOnce(batch, isTrial);
        }
        catch (Exception e) when (JournalOpener.DamageOf(e) is { } damage)
        {
            Repair(damage);
            CommitOnce(batch, isTrial);
        }
    }

    private void OnFailed(List<PendingAppend> batch, Exception e)
    {
        // What was decided in memory is not what the file says any more.
        _hubs.Clear();
        _clocks.Clear();
        _saved.OnFailed();
        _relief.OnFailed();
        lock (_lock)
        {
            _marked = true;
        }

        var trouble = e is SqliteException sql ? SqliteFaults.Of(sql) : StorageTrouble.Damaged;
        _instruments.OnFailed();
        if (trouble == StorageTrouble.None)
        {
            LogFailed(batch.Count, e.Message);
            var error = new JournalException($"The journal could not be written: {e.Message}", e);
            batch.ForEach(p => p.Fail(error));
            return;
        }

        if (_health.OnFailed(trouble, e.Message))
        {
            LogTrouble(trouble, e.Message);
        }

        if (trouble == StorageTrouble.Full)
        {
            _ballast.LetGo();
            _writer.TryCheckpoint();
        }

        Refuse(batch, _health.Status);
    }

    /// <summary>Nothing is acknowledged: hubs keep their packets.</summary>
    private static void Refuse(List<PendingAppend> batch, StorageStatus status)
    {
        foreach (var pending in batch)
        {
            if (status.Trouble == StorageTrouble.Full)
            {
                pending.Results = Refused(pending);
                pending.Complete();
            }
            else
            {
                pending.Fail(new JournalException($"The journal's disk is in trouble ({status.Trouble}): {status.Detail}"));
            }
        }
    }

    private static List<AppendResult> Refused(PendingAppend pending) => [.. pending.Packets.Select(_ => new AppendResult(AppendStatus.QuotaExceeded))];

    private void OnGood(bool mayAppend)
    {
        if (mayAppend && _health.OnGood() is { } over)
        {
            LogRecovered(over.Trouble, _time.GetUtcNow() - over.Since!.Value);
            _ballast.Take();
        }
        else if (!mayAppend)
        {
            // Trimmed, and still full.
            _health.OnFailed(StorageTrouble.Full, _health.Status.Detail);
        }
    }

    /// <summary>Whether packets may be appended again after the disk was full: not into the space that was let go for trimming.</summary>
    private bool HasRoom()
    {
        try
        {
            return _writer.FreeBytes >= _ballast.Bytes / 4 || new DriveInfo(_files.Directory).AvailableFreeSpace >= 4 * _ballast.Bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Leaves word outside of the database of how far it has got.</summary>
    private void Witness()
    {
        HighWaterMark.Claim claim;
        lock (_lock)
        {
            claim = new HighWaterMark.Claim(_writer.Epoch, _next, _kept.Count == 0 ? _next : _kept.Ranges[0].First, _kept.Count);
        }

        _highWater.Write(claim);
    }
}
