using System.Buffers;
using System.Globalization;
using System.Text;

namespace OutbackUptime.Demo.Hubs;

/// <summary>
/// What hubs published and saw acknowledged, written outside the system under test. Lines gather in a bounded buffer and go
/// to the file each 50 ms, when the buffer is full, and at the end.
/// </summary>
internal sealed class RecordFile : IAsyncDisposable
{
    private const int BufferBytes = 256 * 1024;
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _file;
    private readonly ArrayBufferWriter<byte> _buffer = new(BufferBytes + 1024);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _flushing;
    private long _published;
    private long _acknowledged;
    private long _bad;
    private long _bufferedPublished;
    private long _bufferedAcknowledged;
    private long _bufferedBad;

    public RecordFile(string path, TimeProvider time)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory)
        {
            Directory.CreateDirectory(directory);
        }

        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        _flushing = FlushRegularlyAsync(time);
    }

    /// <summary>P lines in the file.</summary>
    public long Published => Interlocked.Read(ref _published);

    /// <summary>A lines in the file: what is still in memory doesn't count.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>X lines in the file: deliberately bad packets whose PUBACK came.</summary>
    public long Bad => Interlocked.Read(ref _bad);

    /// <summary>Notes that a packet is about to be published. Nothing is noted for a deliberately bad one.</summary>
    public void Publishing(string station, string hub, HubPacket packet)
    {
        if (packet.Kind == HubPacketKind.Good)
        {
            Write('P', station, hub, packet);
        }
    }

    /// <summary>Notes that a packet's PUBACK came.</summary>
    public void Acknowledge(string station, string hub, HubPacket packet) =>
        Write(packet.Kind == HubPacketKind.Good ? 'A' : 'X', station, hub, packet);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _flushing.ConfigureAwait(false);
        Flush();
        await _file.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Write(char kind, string station, string hub, HubPacket packet)
    {
        var good = packet.Kind == HubPacketKind.Good;
        var boot = good && packet.Boot is { } b ? b.ToString(CultureInfo.InvariantCulture) : "-";
        var seq = good ? packet.Seq.ToString(CultureInfo.InvariantCulture) : "-";
        var line = $"{kind}\t{station}\t{hub}\t{boot}\t{seq}\t{packet.Hash:x16}\n";
        lock (_lock)
        {
            Encoding.UTF8.GetBytes(line, _buffer);
            switch (kind)
            {
                case 'P': _bufferedPublished++; break;
                case 'A': _bufferedAcknowledged++; break;
                default: _bufferedBad++; break;
            }

            if (_buffer.WrittenCount >= BufferBytes)
            {
                Flush();
            }
        }
    }

    private void Flush()
    {
        lock (_lock)
        {
            if (_buffer.WrittenCount == 0)
            {
                return;
            }

            _file.Write(_buffer.WrittenSpan);
            _buffer.ResetWrittenCount();
            Interlocked.Add(ref _published, _bufferedPublished);
            Interlocked.Add(ref _acknowledged, _bufferedAcknowledged);
            Interlocked.Add(ref _bad, _bufferedBad);
            _bufferedPublished = _bufferedAcknowledged = _bufferedBad = 0;
        }
    }

    private async Task FlushRegularlyAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(FlushInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                Flush();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: the rest is flushed by DisposeAsync.
        }
    }
}
