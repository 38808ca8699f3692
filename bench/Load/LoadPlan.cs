namespace OutbackUptime.Bench.Load;

/// <summary>What the generator does.</summary>
/// <param name="Warmup">Load that is not measured.</param>
/// <param name="Duration">Load that is.</param>
/// <param name="Rate">Publishes a second in all, at seeded random moments (a Poisson process), whether or not earlier ones are answered; null: each connection keeps its window full.</param>
/// <param name="Threads">Threads of the generator.</param>
/// <param name="Seed">Of the moments.</param>
internal sealed record LoadPlan(TimeSpan Warmup, TimeSpan Duration, double? Rate, int Threads, int Seed);
