namespace OutbackUptime.Bench.Takeover;

/// <summary>What is done to it.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL: gone, and its connections with it.</summary>
    Sigkill,

    /// <summary>SIGSTOP: hangs, nobody is told.</summary>
    Sigstop,

    /// <summary>The links from gateways to it swallow what they are given.</summary>
    LinkCut,
}
