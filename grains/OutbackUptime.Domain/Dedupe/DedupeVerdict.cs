namespace OutbackUptime.Domain.Dedupe;

/// <summary>What is to be done with an entry for one region's store.</summary>
public enum DedupeVerdict : byte
{
    /// <summary>Write it: new, or so late that the window has forgotten it (the store collapses rows by key).</summary>
    Write,

    /// <summary>The store holds it: nothing to do.</summary>
    Committed,

    /// <summary>A write under way holds it (possibly the plan's own): it is committed when that write is.</summary>
    InFlight,

    /// <summary>Its key is held, in the store or by a write under way, by another payload: quarantine it.</summary>
    Conflict,
}
