using OutbackUptime.Bench.Stages;

namespace OutbackUptime.Bench.Tests.Stages;

/// <summary>
/// Holds what a packet allocates on its way through a silo. Unlike times, these figures are the same on every machine: whoever exceeds a
/// bound has made the hot path dearer, and lowers it again or raises the bound with a reason. `bench -- stages` shows them with times.
/// </summary>
public sealed class IngestAllocationTests
{
    private const int Rounds = 20;

    // So many that each hub's window has grown to its full 1,024 packets.
    private const int Before = 120;
    private readonly IngestStages _stages = new();

    [Theory]
    [InlineData(nameof(IngestStages.Wire), 520)]
    [InlineData(nameof(IngestStages.Read), 300)]
    [InlineData(nameof(IngestStages.Hash), 0)]
    [InlineData(nameof(IngestStages.Dedupe), 60)]
    [InlineData(nameof(IngestStages.Encode), 4)]
    [InlineData(nameof(IngestStages.EncodePacked), 8)]
    public void Stage_AllocatesNoMoreBytesAPacketThan(string stage, int bound)
    {
        Action run = stage switch
        {
            nameof(IngestStages.Wire) => () => _stages.Wire(),
            nameof(IngestStages.Read) => () => _stages.Read(),
            nameof(IngestStages.Hash) => () => _stages.Hash(),
            nameof(IngestStages.Dedupe) => () => _stages.Dedupe(),
            nameof(IngestStages.Encode) => () => Assert.True(_stages.Encode().IsCompletedSuccessfully),
            _ => () => Assert.True(_stages.EncodePacked().IsCompletedSuccessfully),
        };

        // What is made once (windows, statics, rented buffers) is not a packet's.
        for (var i = 0; i < Before; i++)
        {
            run();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            run();
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Rounds * IngestStages.Packets);
        Assert.True(bytes <= bound, $"{stage}: {bytes:0.0} bytes a packet, bound {bound}");
    }
}
