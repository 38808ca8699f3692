namespace OutbackUptime.Bench.Ingest;

/// <summary>What the parts have used since their start.</summary>
/// <param name="SiloCpuSeconds">All silos'.</param>
/// <param name="StoreCpuSeconds">Both stores'.</param>
/// <param name="OwnCpuSeconds">The generator's.</param>
/// <param name="Allocated">Bytes allocated by the silos.</param>
/// <param name="Rows">Rows that the stores committed, by the silos' count.</param>
/// <param name="Inserts">INSERTs.</param>
internal sealed record IngestUse(double SiloCpuSeconds, double StoreCpuSeconds, double OwnCpuSeconds, double Allocated, double Rows, double Inserts)
{
    public static IngestUse operator -(IngestUse after, IngestUse before) => new(
        after.SiloCpuSeconds - before.SiloCpuSeconds,
        after.StoreCpuSeconds - before.StoreCpuSeconds,
        after.OwnCpuSeconds - before.OwnCpuSeconds,
        after.Allocated - before.Allocated,
        after.Rows - before.Rows,
        after.Inserts - before.Inserts);
}
