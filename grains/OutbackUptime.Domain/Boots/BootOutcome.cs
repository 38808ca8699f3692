namespace OutbackUptime.Domain.Boots;

/// <summary>What a hub's recent packets say about the next one.</summary>
public enum BootOutcome
{
    /// <summary>A packet not seen before: journal it under the boot.</summary>
    Accept,

    /// <summary>The same payload under the same key: acknowledge it, it is journaled already.</summary>
    Duplicate,

    /// <summary>Another payload under a key which the hub itself claims: quarantine it.</summary>
    Conflict,
}
