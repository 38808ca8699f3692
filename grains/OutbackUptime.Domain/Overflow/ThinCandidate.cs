using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Overflow;

/// <summary>A journaled packet that may be thinned.</summary>
/// <param name="Offset">Its place.</param>
/// <param name="Hub">Its hub.</param>
/// <param name="Boot">Its boot.</param>
/// <param name="Seq">Its number.</param>
/// <param name="EventTime">Its time (see <see cref="Clocks.ClockTriage"/>).</param>
/// <param name="ReceivedAt">The gateway's receipt time.</param>
/// <param name="Metrics">Its values.</param>
/// <param name="Bytes">Bytes that it takes in the journal.</param>
public readonly record struct ThinCandidate(
    long Offset, string Hub, long Boot, long Seq, DateTimeOffset EventTime, DateTimeOffset ReceivedAt, IReadOnlyList<Metric> Metrics, int Bytes);
