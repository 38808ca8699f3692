namespace OutbackUptime.Demo.Processes;

/// <summary>How a child is started.</summary>
/// <param name="Name">Unique; names its log file.</param>
/// <param name="Program">Program.</param>
/// <param name="Arguments">Arguments.</param>
/// <param name="Environment">Added to the demo's own.</param>
/// <param name="IsReady">Whether it is ready for use.</param>
internal sealed record ChildSpec(
    string Name, string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, Func<CancellationToken, Task<bool>> IsReady)
{
    /// <summary>Wraps the command, e.g. to run it in a network namespace.</summary>
    public IReadOnlyList<string> Prefix { get; init; } = [];

    /// <summary>Exit codes after which it is started again at once, as Kubernetes would: an evicted silo aborts itself (134).</summary>
    public bool RestartWhenItDies { get; init; }
}
