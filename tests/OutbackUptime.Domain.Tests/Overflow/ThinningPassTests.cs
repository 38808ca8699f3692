using CsCheck;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Overflow;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Tests.Overflow;

public sealed class ThinningPassTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    private static readonly Gen<ThinCandidate> s_candidate =
        from hub in Gen.OneOfConst("bore-01", "trough-07")
        from boot in Gen.Long[1, 2]
        from seq in Gen.Long[0, 1000]
        from second in Gen.Int[0, 3600]
        from names in Gen.OneOfConst("a", "b", "c").HashSet[1, 3]
        from values in Gen.Double[-1e6, 1e6].Array[3]
        select new ThinCandidate(0, hub, boot, seq, s_start.AddSeconds(second), s_start.AddSeconds(second), [.. names.Select((n, i) => new Metric(n, values[i]))], 10_000);

    /// <summary>Each packet stands in one row; the row's values are what one pencils out.</summary>
    [Fact]
    public void Rows_AreThoseOfANaiveModel() => s_candidate.Array[1, 200].Sample(packets =>
    {
        packets = [.. packets.OrderBy(p => p.ReceivedAt).Select((p, i) => p with { Offset = i + 1 })];
        var pass = new ThinningPass(1_000_000, 60);
        List<ThinnedRun> runs = [];
        foreach (var packet in packets)
        {
            pass.Add(packet);
            pass.CloseThrough(packet.ReceivedAt);
            runs.AddRange(pass.Take(10));
        }

        pass.CloseAll();
        runs.AddRange(pass.Take(int.MaxValue));

        Assert.Equal(0, pass.Packets);
        Assert.Equal(packets.Select(p => p.Offset), runs.SelectMany(r => r.Offsets).Order());
        foreach (var run in runs)
        {
            var mine = run.Offsets.Select(o => packets[o - 1]).ToList();
            Assert.All(mine, p => Assert.Equal((run.Row.Hub, run.Row.Boot, run.Row.Bucket), (p.Hub, p.Boot, ThinnedRow.BucketOf(p.EventTime))));
            Assert.Equal((mine.Min(p => p.Seq), mine.Max(p => p.Seq), mine.Count), (run.Row.FirstSeq, run.Row.LastSeq, run.Row.Packets));
            Assert.Equal(mine.SelectMany(p => p.Metrics.Select(m => m.Name)).Distinct().Order(), run.Row.Metrics.Keys.Order());
            foreach (var (name, metric) in run.Row.Metrics)
            {
                var values = mine.SelectMany(p => p.Metrics.Where(m => m.Name == name).Select(m => (p.EventTime, p.Seq, p.Offset, m.Value))).ToList();
                Assert.Equal((values.Min(v => v.Value), values.Max(v => v.Value)), (metric.Min, metric.Max));
                Assert.Equal(values.Average(v => v.Value), metric.Mean, 1e-6);
                Assert.Equal(values.OrderBy(v => (v.EventTime, v.Seq, v.Offset)).Last().Value, metric.Last);
            }

            Assert.True(ThinnedRowJson.TryRead(run.Payload, out var read));
            Assert.Equal(run.Row.Metrics.OrderBy(m => m.Key), read.Metrics.OrderBy(m => m.Key));
        }
    });

    [Fact]
    public void Mean_OfTheLargestValues_IsFinite()
    {
        var pass = new ThinningPass(100, 60);
        for (var i = 1; i <= 3; i++)
        {
            pass.Add(Packet(i, s_start, [new Metric("a", double.MaxValue), new Metric("b", i % 2 == 0 ? -double.MaxValue : double.MaxValue)]));
        }

        pass.CloseAll();

        Assert.Equal(double.MaxValue, pass.Take(100).Single().Row.Metrics["a"].Mean);
    }

    [Fact]
    public void ARow_ThatFreesLessThanHalf_IsNotMade()
    {
        var pass = new ThinningPass(100, 60);
        pass.Add(Packet(1, s_start, [new Metric("a", 1)]) with { Bytes = 100 });
        pass.Add(Packet(2, s_start, [new Metric("a", 1)]) with { Bytes = 100 });
        pass.CloseAll();

        Assert.Empty(pass.Take(100));
        Assert.Equal(0, pass.Packets);
    }

    [Fact]
    public void ARow_HasAtMostAsManyMetricsAsAPacket()
    {
        var pass = new ThinningPass(1000, 60);
        for (var i = 0; i < 10; i++)
        {
            pass.Add(Packet(i + 1, s_start, [.. Enumerable.Range(i * 20, 20).Select(m => new Metric($"m{m}", m))]));
        }

        pass.CloseAll();
        var runs = pass.Take(1000);

        Assert.Equal(10, runs.Sum(r => r.Row.Packets));
        Assert.All(runs, r => Assert.InRange(r.Row.Metrics.Count, 1, PacketParser.MaxMetrics));
        Assert.All(runs, r => Assert.InRange(r.Payload.Length, 1, PacketParser.MaxPayloadBytes));
    }

    [Fact]
    public void ARow_IsReadyFiveMinutesAfterItsQuarter()
    {
        var pass = new ThinningPass(100, 60);
        pass.Add(Packet(1, s_start.AddMinutes(14), [new Metric("a", 1)]));
        pass.CloseThrough(s_start.AddMinutes(19.9));
        Assert.False(pass.HasClosed);
        pass.CloseThrough(s_start.AddMinutes(20));

        Assert.True(pass.HasClosed);
    }

    [Fact]
    public void WhatIsGathered_IsBounded()
    {
        var pass = new ThinningPass(100, 60);
        for (var i = 1; i <= 1000; i++)
        {
            pass.Add(Packet(i, s_start, [new Metric("a", 1)]));
            pass.Take(50);
            Assert.InRange(pass.Packets, 0, 101);
        }
    }

    private static ThinCandidate Packet(long offset, DateTimeOffset at, Metric[] metrics) => new(offset, "bore-01", 1, offset, at, at, metrics, 10_000);
}
