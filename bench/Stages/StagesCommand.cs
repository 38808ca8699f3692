using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

namespace OutbackUptime.Bench.Stages;

/// <summary>The command line of the suite `stages`.</summary>
internal static class StagesCommand
{
    public static Command Create()
    {
        var command = new Command("stages", "CPU and allocations of a packet in a silo, step by step, without network and stores (BenchmarkDotNet).");
        command.SetAction(_ => BenchmarkRunner.Run<IngestStages>(DefaultConfig.Instance.WithArtifactsPath(Path.Combine("artifacts", "bench"))).HasCriticalValidationErrors ? 1 : 0);
        return command;
    }
}
