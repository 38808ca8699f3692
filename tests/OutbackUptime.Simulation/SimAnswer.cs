namespace OutbackUptime.Simulation;

/// <summary>Kinds of answers.</summary>
internal enum SimAnswer
{
    Partial,
    Final,
    Retry,
}
