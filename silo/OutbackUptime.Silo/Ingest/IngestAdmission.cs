using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Ingest;

/// <summary>
/// Bounds what all gateways together have under way on this silo, so that a thousand which come back at once neither fill its memory nor
/// hold up what is new: frames of backlog wait their turn in order of arrival, small ones, which carry live packets, don't. What
/// gateways are told to send at once (credit, entries in a frame) follows from how many there are. Thread-safe.
/// </summary>
internal sealed class IngestAdmission(IOptions<UplinkOptions> options, GatewayConnections connections, TimeProvider time)
{
    /// <summary>Frames up to this size do not wait. Smaller than any frame of backlog is cut to.</summary>
    public const int LiveEntries = 32;

    // A gateway starts with this, and learns by its receipts how much more it may.
    private const int FirstCredit = 2;
    private const int LeastFrameEntries = 2 * LiveEntries;

    // So many gateways may have as deep a queue as pays: it is their own backlog that waits in it.
    private const int FewGateways = 20;
    private const int LeastShare = 5;

    private readonly UplinkOptions _options = options.Value;
    private readonly Lock _lock = new();
    private readonly Queue<Turn> _waiting = new();
    private int _underWay;

    /// <summary>Frames that a gateway may have without their final receipt.</summary>
    public int Credit => Math.Clamp(_options.MaxEntriesUnderWay / LeastFrameEntries / Math.Max(1, connections.Count), 1, _options.Credit);

    /// <summary>The same for one that has just come.</summary>
    public int StartingCredit => Math.Min(FirstCredit, Credit);

    /// <summary>Most entries that a gateway which has just come should put into a frame.</summary>
    public int FrameEntries => Math.Clamp(2 * _options.MaxEntriesUnderWay / FirstCredit / Math.Max(1, connections.Count), Math.Min(LeastFrameEntries, _options.MaxFrameEntries), _options.MaxFrameEntries);

    /// <summary>Entries that have been let in and are not out.</summary>
    public int UnderWay
    {
        get
        {
            lock (_lock)
            {
                return _underWay;
            }
        }
    }

    /// <summary>
    /// Entries that may be under way now. The more gateways there are, the less, down to a fifth: what is new of each waits behind
    /// what is old of all others, in the stores' queues too. That costs throughput, by smaller INSERTs.
    /// </summary>
    public int Room => (int)Math.Clamp((long)_options.MaxEntriesUnderWay * FewGateways / Math.Max(1, connections.Count), _options.MaxEntriesUnderWay / LeastShare, _options.MaxEntriesUnderWay);

    /// <summary>
    /// Ends when a frame may go on; meanwhile calls <paramref name="stillWaiting"/> again and again. Whoever was let in calls
    /// <see cref="Leave"/>; whoever was not, because the wait failed or was cancelled, takes no room.
    /// </summary>
    public async Task EnterAsync(int entries, Func<Task> stillWaiting, CancellationToken cancellationToken)
    {
        if (Queue(entries) is not { } turn)
        {
            return;
        }

        try
        {
            while (true)
            {
                try
                {
                    await turn.Come.Task.WaitAsync(_options.PatienceInterval, time, cancellationToken);
                    return;
                }
                catch (TimeoutException)
                {
                    await stillWaiting();
                }
            }
        }
        catch
        {
            // It may have been let in at this very moment.
            if (!turn.Come.TrySetCanceled(CancellationToken.None))
            {
                Leave(entries);
            }

            throw;
        }
    }

    /// <summary>A frame is done.</summary>
    public void Leave(int entries)
    {
        lock (_lock)
        {
            _underWay -= entries;
            while (_underWay < Room && _waiting.TryDequeue(out var next))
            {
                if (next.Come.TrySetResult())
                {
                    _underWay += next.Entries;
                }
            }
        }
    }

    // Null: it is in.
    private Turn? Queue(int entries)
    {
        lock (_lock)
        {
            // A frame goes in as long as there is any room: one that is larger than the rest of it would else wait for ever.
            if (entries <= LiveEntries || (_waiting.Count == 0 && _underWay < Room))
            {
                _underWay += entries;
                return null;
            }

            var turn = new Turn(entries);
            _waiting.Enqueue(turn);
            return turn;
        }
    }

    private sealed record Turn(int Entries)
    {
        public TaskCompletionSource Come { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
