namespace OutbackUptime.Domain.Boots;

/// <summary>Under which key an unnumbered packet is kept, if it is.</summary>
/// <param name="Boot">Whether it is new, and its boot.</param>
/// <param name="Seq">Its number within the boot.</param>
public readonly record struct NumberedDecision(BootDecision Boot, long Seq);
