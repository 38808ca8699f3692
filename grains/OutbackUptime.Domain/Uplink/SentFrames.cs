namespace OutbackUptime.Domain.Uplink;

/// <summary>Frames on their way, and those given up, whose answer may still come.</summary>
internal sealed class SentFrames
{
    private const int RememberedFrames = 256;

    private readonly Dictionary<ulong, SentFrame> _open = [];
    private readonly Dictionary<ulong, SentFrame> _givenUp = [];
    private readonly Queue<ulong> _givenUpOrder = [];
    private readonly HashSet<ulong> _onCredit = [];

    /// <summary>Frames without their final receipt.</summary>
    public int Count => _open.Count;

    /// <summary>Frames given up here for which the region has not answered yet: they still count against its credit.</summary>
    public int OnCredit => _onCredit.Count;

    public IEnumerable<SentFrame> Open => _open.Values;

    public void Add(SentFrame frame) => _open[frame.Plan.FrameId] = frame;

    public SentFrame? FindOpen(ulong frameId) => _open.GetValueOrDefault(frameId);

    public SentFrame? FindGivenUp(ulong frameId) => _givenUp.GetValueOrDefault(frameId);

    public void Close(ulong frameId)
    {
        _open.Remove(frameId);
        _onCredit.Remove(frameId);
    }

    /// <summary>Gives a frame up.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="staysOnCredit">Whether the stream goes on, so that the region still counts it.</param>
    public void GiveUp(SentFrame frame, bool staysOnCredit)
    {
        var id = frame.Plan.FrameId;
        _open.Remove(id);
        _givenUp[id] = frame;
        _givenUpOrder.Enqueue(id);
        if (_givenUpOrder.Count > RememberedFrames)
        {
            _givenUp.Remove(_givenUpOrder.Dequeue());
        }

        if (staysOnCredit)
        {
            _onCredit.Add(id);
        }
    }

    /// <summary>The stream is gone, and the credit with it.</summary>
    public void OnStreamDown() => _onCredit.Clear();
}
