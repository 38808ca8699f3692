namespace OutbackUptime.Domain.Sequences;

/// <summary>What a <see cref="SequenceWindow"/> knows about a seq.</summary>
public enum SequenceVerdict
{
    /// <summary>Within reach of the window and not recorded in it.</summary>
    New,

    /// <summary>Recorded with the same payload hash.</summary>
    Duplicate,

    /// <summary>Recorded with another payload hash.</summary>
    Conflict,

    /// <summary>So far behind the highest seq that the window has forgotten it. Late is not duplicate.</summary>
    BelowWindow,
}
