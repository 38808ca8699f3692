namespace OutbackUptime.Demo.Hubs;

/// <summary>What a hub has made and not yet seen acknowledged, oldest first. Bounded: beyond capacity the oldest that is not in flight goes.</summary>
internal sealed class HubFlash(int capacity)
{
    private readonly LinkedList<HubPacket> _packets = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource? _filled;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _packets.Count;
            }
        }
    }

    /// <summary>Adds at the end; returns how many old ones went for it (0 or 1).</summary>
    public int Add(HubPacket packet)
    {
        var dropped = 0;
        lock (_lock)
        {
            // The first may be in flight: it stays until its fate is known.
            if (_packets.Count >= Math.Max(2, capacity))
            {
                _packets.Remove(_packets.First!.Next!);
                dropped = 1;
            }

            _packets.AddLast(packet);
            _filled?.TrySetResult();
            _filled = null;
        }

        return dropped;
    }

    /// <summary>Waits for, and returns without taking, the oldest.</summary>
    public async Task<HubPacket> OldestAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task filled;
            lock (_lock)
            {
                if (_packets.First is { } first)
                {
                    return first.Value;
                }

                _filled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                filled = _filled.Task;
            }

            await filled.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Forgets the oldest: it was acknowledged, or never will be.</summary>
    public void RemoveOldest()
    {
        lock (_lock)
        {
            _packets.RemoveFirst();
        }
    }
}
