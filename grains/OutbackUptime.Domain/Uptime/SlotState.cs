namespace OutbackUptime.Domain.Uptime;

/// <summary>What the way from the gateway on was in one slot.</summary>
/// <param name="Verdict">`up`, or the first dead hop from the gateway on; `default` when nothing is known.</param>
/// <param name="Observed">Whether the gateway lived and its packets of that time are here: a hub's silence then counts.</param>
internal readonly record struct SlotState(Verdict Verdict, bool Observed);
