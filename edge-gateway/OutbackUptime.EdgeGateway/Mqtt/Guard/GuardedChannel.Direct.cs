using System.Buffers;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Mqtt.Direct;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>
/// The short way (<see cref="DirectDoor"/>): several publishes are under way at a time, and their answers go out together. Nothing is
/// handed to the server library before they are answered, and nothing is taken here while the library owes an answer to a publish,
/// so that PUBACKs come in the order of the publishes (MQTT 5 section 4.6).
/// </summary>
internal sealed partial class GuardedChannel
{
    /// <summary>So often within a keep-alive the server library hears of a client all of whose packets are taken here.</summary>
    private const double SignsOfLife = 8;

    /// <summary>Stands for a packet that the server library does not get.</summary>
    private static readonly MqttPacket s_taken = new MqttPingReqPacket();

    private readonly Lock _answersLock = new();
    private readonly TimeProvider _time;
    private DirectVisitor? _direct;
    private ArrayBufferWriter<byte>? _waiting;
    private ArrayBufferWriter<byte>? _leaving;
    private TaskCompletionSource? _drained;
    private int _waitingCount;
    private int _underWay;
    private int _libraryOwes;
    private int _ownSigns;
    private long _handedOver;
    private TimeSpan _signOfLife;
    private volatile bool _saidGoodbye;

    /// <summary>Whether the client hears reason codes.</summary>
    public bool SaysWhy => SpeaksFive;

    /// <summary>From now on the hub's packets take the short way.</summary>
    public void Open(DirectVisitor visitor) => _direct = visitor;

    /// <summary>A publish is journaled. True when no answer waited before: <see cref="FlushAnswers"/> is to be called.</summary>
    public bool Answer(ushort id)
    {
        lock (_answersLock)
        {
            PubAckFrame.Write(_waiting ??= new ArrayBufferWriter<byte>(PubAckFrame.Size), id);
            return ++_waitingCount == 1;
        }
    }

    /// <summary>A publish is answered with a reason, which MQTT 3.1.1 does not know. As <see cref="Answer(ushort)"/>.</summary>
    public bool Answer(ushort id, byte code, string reason)
    {
        if (!SpeaksFive)
        {
            return Answer(id);
        }

        lock (_answersLock)
        {
            PubAckFrame.Write(_waiting ??= new ArrayBufferWriter<byte>(64), id, code, reason, _direct!.MaxPacketBytes);
            return ++_waitingCount == 1;
        }
    }

    /// <summary>Writes the answers that wait, unless somebody writes: then that one does it afterwards.</summary>
    public void FlushAnswers()
    {
        try
        {
            while (_waitingCount > 0 && _writing.Wait(0))
            {
                var (writing, count) = WriteAnswers();
                if (!writing.IsCompletedSuccessfully)
                {
                    _ = FinishAsync(writing, count);
                    return;
                }

                OnWritten(count);
                _writing.Release();
            }
        }
        catch (ObjectDisposedException)
        {
            // The connection is over.
            OnWritten(0);
        }
    }

    /// <summary>A publish will not be answered: the connection ends, and an MQTT 5 client hears that something went wrong.</summary>
    public void Break()
    {
        FlushAnswers();
        _ = BreakAsync();
    }

    private async Task BreakAsync()
    {
        try
        {
            if (SpeaksFive && !_ended && !_saidGoodbye)
            {
                await SendPacketAsync(new MqttDisconnectPacket { ReasonCode = MqttDisconnectReasonCode.UnspecifiedError }, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It is gone already.
        }
        finally
        {
            End();
            OnWritten(1);
        }
    }

    /// <summary>Takes publishes from the buffer, and waits for more, as long as there is nothing else.</summary>
    private async ValueTask<DirectEnd> TakeDirectAsync(DirectVisitor direct)
    {
        var took = false;
        while (Volatile.Read(ref _libraryOwes) == 0)
        {
            while (TryTakeBuffered(direct, out var id) is { } packet)
            {
                if (!await TakeAsync(direct, id, packet).ConfigureAwait(false))
                {
                    return DirectEnd.TooMany;
                }

                took = true;
            }

            if (!_reader.IsEmpty)
            {
                return DirectEnd.Other;
            }

            if (took && IsSignOfLifeDue())
            {
                return DirectEnd.SignOfLife;
            }

            var read = await _reader.FillEmptyAsync(_life.Token).ConfigureAwait(false);
            if (read == 0)
            {
                return DirectEnd.Closed;
            }

            _reader.Filled(read);
        }

        return DirectEnd.Other;
    }

    private IncomingPacket? TryTakeBuffered(DirectVisitor direct, out ushort id)
    {
        id = 0;
        if (!_reader.TryPeek(out var flags, out var body) || direct.TryRead(flags, body, out id) is not { } packet)
        {
            return null;
        }

        BytesReceived += _reader.Skip();
        return packet;
    }

    /// <summary>Gives a publish to the journal; false when it is one too many for an MQTT 5 client. Others wait for their turn.</summary>
    private async ValueTask<bool> TakeAsync(DirectVisitor direct, ushort id, IncomingPacket packet)
    {
        if (_inFlight.OnDirect() && SpeaksFive)
        {
            return false;
        }

        if (!_answers.Wait(0))
        {
            await _answers.WaitAsync(_life.Token).ConfigureAwait(false);
        }

        Interlocked.Increment(ref _underWay);
        await direct.Door.TakeAsync(this, id, packet).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether the library has heard nothing for a while. It may only be told of packets that have come.</summary>
    private bool IsSignOfLifeDue()
    {
        var now = _time.GetTimestamp();
        if (_signOfLife == TimeSpan.Zero || _handedOver == 0 || _time.GetElapsedTime(_handedOver, now) < _signOfLife)
        {
            _handedOver = _handedOver == 0 ? now : _handedOver;
            return false;
        }

        Interlocked.Increment(ref _ownSigns);
        return true;
    }

    /// <summary>Before the server library gets a packet (or none any more), what came before it is answered.</summary>
    private async ValueTask HandOverAsync(MqttPacket? packet)
    {
        _handedOver = _time.GetTimestamp();
        if (Volatile.Read(ref _underWay) > 0 && !_ended && !ReferenceEquals(packet, MqttPingReqPacket.Instance))
        {
            await DrainedAsync().WaitAsync(_life.Token).ConfigureAwait(false);
        }

        if (packet is MqttPublishPacket { QualityOfServiceLevel: > MqttQualityOfServiceLevel.AtMostOnce })
        {
            Interlocked.Increment(ref _libraryOwes);
        }
    }

    private Task DrainedAsync()
    {
        lock (_answersLock)
        {
            return _underWay == 0 ? Task.CompletedTask : (_drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private bool IsAnswerToOurs()
    {
        if (Volatile.Read(ref _ownSigns) == 0)
        {
            return false;
        }

        Interlocked.Decrement(ref _ownSigns);
        return true;
    }

    private void OnLibraryAnswered(MqttPacket packet)
    {
        if (packet is MqttPubAckPacket or MqttPubRecPacket && Volatile.Read(ref _libraryOwes) > 0)
        {
            Interlocked.Decrement(ref _libraryOwes);
        }
    }

    /// <summary>The write lock is held. MQTT 5 section 3.14: nothing follows a DISCONNECT.</summary>
    private (Task Writing, int Count) WriteAnswers()
    {
        int count;
        lock (_answersLock)
        {
            (_waiting, _leaving, count, _waitingCount) = (_leaving, _waiting, _waitingCount, 0);
        }

        if (count == 0 || _saidGoodbye || _ended)
        {
            _leaving?.ResetWrittenCount();
            return (Task.CompletedTask, count);
        }

        // First: a client that has heard may send again at once.
        _inFlight.OnAnswering(count);
        BytesSent += _leaving!.WrittenCount;
        return (WriteAsync(_leaving), count);
    }

    private Task WriteAsync(ArrayBufferWriter<byte> answers)
    {
        try
        {
            // A write that is done at once, as most are, makes no task.
            var writing = _connection.Stream.WriteAsync(answers.WrittenMemory, CancellationToken.None).AsTask();
            if (writing.IsCompletedSuccessfully)
            {
                answers.ResetWrittenCount();
            }

            return writing;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return Task.FromException(e);
        }
    }

    /// <summary>A client that does not read has so long to begin.</summary>
    private async Task FinishAsync(Task writing, int count)
    {
        try
        {
            await writing.WaitAsync(_options.WriteTime, _time).ConfigureAwait(false);
            _leaving!.ResetWrittenCount();
        }
        catch (TimeoutException)
        {
            _connection.Refuse(Refusal.SlowReader, _who, "did not read or acknowledge in time");
            End();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The connection broke: whoever reads from it sees that, too.
            End();
        }

        OnWritten(count);
        try
        {
            _writing.Release();
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        FlushAnswers();
    }

    private void OnWritten(int answers)
    {
        if (answers == 0)
        {
            return;
        }

        TaskCompletionSource? drained = null;
        lock (_answersLock)
        {
            _underWay -= answers;
            if (_underWay == 0)
            {
                (drained, _drained) = (_drained, null);
            }
        }

        drained?.TrySetResult();
        try
        {
            _answers.Release(answers);
        }
        catch (Exception e) when (e is ObjectDisposedException or SemaphoreFullException)
        {
            // The connection is over.
        }
    }
}
