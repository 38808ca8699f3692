namespace OutbackUptime.Domain.Uplink;

/// <summary>
/// Tells when one connection is wedged: it says "connected" and moves nothing. Two rules, both on the caller's steady clock: frames
/// in flight and no receipt at all (<see cref="WedgeKind.Silence"/>, quick); something owed and no commit
/// (<see cref="WedgeKind.Standstill"/>, for all else: answers that name no commit, no credit, nothing that can be sent).
/// </summary>
public sealed class WedgeWatch
{
    // A link with 600 ms each way and lost packets answers late; a dead one never.
    private const int UsualAnswers = 4;

    // Weight of the newest answer: an eighth, as TCP's (RFC 6298).
    private const int Smoothing = 8;

    private readonly WedgeLimits _limits;
    private readonly int _patience;
    private TimeSpan _usual;
    private DateTimeOffset _heardAt;
    private DateTimeOffset _movedAt;

    /// <param name="limits">Limits.</param>
    /// <param name="now">The time; the connection is up.</param>
    /// <param name="welcomeTook">How long it took to come up: a first measure of the link.</param>
    /// <param name="patience">The limits count so many times: more than 1 after wedges without a commit in between.</param>
    public WedgeWatch(WedgeLimits limits, DateTimeOffset now, TimeSpan welcomeTook, int patience)
    {
        (_limits, _patience, _usual, _heardAt, _movedAt) = (limits, patience, welcomeTook, now, now);
    }

    /// <summary>How long silence may last now.</summary>
    public TimeSpan SilenceLimit => Patient(Slow(_limits.Silence, _limits.LongestSilence));

    /// <summary>How long a standstill may last now.</summary>
    public TimeSpan StandstillLimit => Patient(_limits.Standstill);

    /// <summary>A frame was sent; <paramref name="first"/>: the region had said something about every other one.</summary>
    public void OnSent(bool first, DateTimeOffset now)
    {
        if (first)
        {
            // There was nothing to be heard until now.
            _heardAt = now;
        }
    }

    /// <summary>A receipt came; <paramref name="sentAt"/>: when its frame was sent, if it was still in flight.</summary>
    public void OnReceipt(DateTimeOffset? sentAt, DateTimeOffset now)
    {
        _heardAt = now;
        _usual = sentAt is { } sent ? _usual + ((now - sent - _usual) / Smoothing) : _usual;
    }

    /// <summary>A store has newly committed something, by whichever region's store; or there is no reason for it to.</summary>
    public void OnMoved(DateTimeOffset now) => _movedAt = now;

    /// <summary>Whether nothing at all was heard for so long.</summary>
    public bool IsSilentFor(TimeSpan time, DateTimeOffset now) => now - _heardAt >= time;

    /// <summary>How long an answer to a single frame may take while others are answered, given what it is on a quick link.</summary>
    public TimeSpan AnswerLimit(TimeSpan quick) => Slow(quick, 6 * quick);

    /// <summary>Whether it is wedged. To be asked often.</summary>
    /// <param name="unheard">Frames in flight of which the region has said nothing. A store that is late is no silence.</param>
    /// <param name="owes">Whether something is owed that the region should be able to commit, and is not held back on purpose.</param>
    /// <param name="now">The time.</param>
    public WedgeKind Check(int unheard, bool owes, DateTimeOffset now)
    {
        if (!owes)
        {
            _movedAt = now;
        }

        return unheard > 0 && now - _heardAt >= SilenceLimit ? WedgeKind.Silence
            : now - _movedAt >= StandstillLimit ? WedgeKind.Standstill
            : WedgeKind.None;
    }

    private TimeSpan Slow(TimeSpan quick, TimeSpan most)
    {
        var slow = UsualAnswers * _usual < most ? UsualAnswers * _usual : most;
        return slow > quick ? slow : quick;
    }

    private TimeSpan Patient(TimeSpan limit)
    {
        var longest = limit > _limits.LongestPatience ? limit : _limits.LongestPatience;
        return limit * _patience < longest ? limit * _patience : longest;
    }
}
