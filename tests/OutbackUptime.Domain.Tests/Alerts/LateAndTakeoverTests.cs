using CsCheck;
using OutbackUptime.Domain.Alerts;
using OutbackUptime.Domain.Packets;
using static OutbackUptime.Domain.Alerts.AlertTransitionKind;

namespace OutbackUptime.Domain.Tests.Alerts;

public sealed class LateAndTakeoverTests
{
    [Fact]
    public void Backlog_ThatShowsAnEpisodeLongOver_IsRecordedNotTold()
    {
        var water = new TestWater { Level = 70 }.Run(4);
        var dark = water.Now;
        water.Run(8, send: false);
        water.Run(0.5);
        for (var minute = 5; minute < 8 * 60; minute += 5)
        {
            var level = minute is > 120 and < 300 ? 20 : 70;
            water.Book.OnPacket("ten-mile", dark.AddMinutes(minute), TestWater.Metrics(level, minute % 15, 0, 12.8));
        }

        water.Run(1);

        var recorded = Assert.Single(water.Of(AlertRules.LowLevel));
        Assert.Equal((Recorded, false, AlertState.Cleared), (recorded.Kind, recorded.Notify, recorded.Alert.State));
        Assert.InRange((recorded.Alert.OpenedAt - dark).TotalMinutes, 110, 135);
        Assert.Empty(water.Book.Current);
    }

    [Fact]
    public void Backlog_WithGoodWater_DoesNotClearWhatIsOn()
    {
        var water = new TestWater { Level = 60 }.Run(2);
        var dark = water.Now;
        water.Run(4, send: false);
        water.Level = 20;
        water.Run(1);
        for (var minute = 5; minute < 235; minute += 5)
        {
            water.Book.OnPacket("ten-mile", dark.AddMinutes(minute), TestWater.Metrics(60, minute % 15, 0, 12.8));
        }

        water.Run(2);

        Assert.Equal([Opened], water.KindsOf(AlertRules.LowLevel));
        Assert.Contains(water.Book.Current, a => a.Rule == AlertRules.LowLevel);
    }

    [Fact]
    public void Backlog_ThatShowsWhatIsStillOn_IsToldOnce()
    {
        var water = new TestWater { Level = 60 }.Run(2);
        var dark = water.Now;
        water.Run(4, send: false);
        for (var minute = 5; minute < 240; minute += 5)
        {
            water.Book.OnPacket("ten-mile", dark.AddMinutes(minute), TestWater.Metrics(minute > 200 ? 20 : 60, minute % 15, 0, 12.8));
        }

        water.Level = 20;
        water.Run(1);

        Assert.Equal([Opened], water.KindsOf(AlertRules.LowLevel));
    }

    [Fact]
    public void Recover_NeitherRepeatsNorSwallows()
    {
        var water = new TestWater { Level = 60 }.Run(3);
        water.Level = 27;
        water.Run(1);
        var stored = water.Book.Current.ToList();

        water.Book = new AlertBook(TestWater.Station);
        water.Book.Recover(stored);
        water.Run(1);
        var afterTakeover = water.KindsOf(AlertRules.LowLevel).ToList();
        water.Level = 90;
        water.Run(2);

        Assert.Equal([Opened], afterTakeover);
        Assert.Equal([Opened, Cleared], water.KindsOf(AlertRules.LowLevel));
        Assert.Single(water.Of(AlertRules.LowLevel).Select(c => c.Alert.Id).Distinct());
    }

    [Fact]
    public void Recover_InTheMiddleOfEscalation_GoesOnWhereItWas()
    {
        var water = new TestWater { Level = 60 }.Run(3);
        water.Level = 3;
        water.Run(2);
        water.Book = Recovered(water);
        water.Run(5);

        Assert.Equal([1, 2, 3], water.Of(AlertRules.LowLevel).Select(c => c.Alert.Level));
    }

    /// <summary>Two regions that see the same packets in other orders, some twice, reach the same alerts by the same ids.</summary>
    [Fact]
    public void Book_WhateverOrderPacketsComeInWithinASlot_AndHoweverOften_FindsTheSame() =>
        Gen.Select(Gen.Double[-6, 3].Array[8], Gen.Int[0, int.MaxValue]).Sample(
            (slopes, seed) =>
            {
                var packets = Packets(slopes);
                var inOrder = Run(packets, null);
                var shuffled = Run(packets, new Random(seed));

                return inOrder.SequenceEqual(shuffled);
            },
            iter: 60);

    /// <summary>However late the backlog and whoever takes over: ids are never told twice, and nothing is opened that is open.</summary>
    [Fact]
    public void Book_WithTakeoversAndBacklog_TellsNothingTwice() =>
        Gen.Select(Gen.Double[-6, 6].Array[8], Gen.Int[0, int.MaxValue]).Sample(
            (slopes, seed) =>
            {
                var random = new Random(seed);
                var states = new Dictionary<string, Alert>(StringComparer.Ordinal);
                var told = new HashSet<string>(StringComparer.Ordinal);
                var held = new List<(DateTimeOffset Time, List<Metric> Metrics)>();
                var book = new AlertBook(TestWater.Station);
                var sound = true;
                foreach (var packet in Packets(slopes))
                {
                    held.Add(packet);
                    if (random.Next(20) == 0)
                    {
                        held.ForEach(p => book.OnPacket("ten-mile", p.Time, p.Metrics));
                        held.Clear();
                    }

                    if (random.Next(100) == 0)
                    {
                        book = new AlertBook(TestWater.Station);
                        book.Recover(states.Values);
                    }

                    foreach (var change in book.Evaluate(packet.Time.AddMinutes(2)))
                    {
                        sound &= change.Kind != Opened || !states.Values.Any(a => a.IsCurrent && a.Hub == change.Alert.Hub && a.Rule == change.Alert.Rule);
                        sound &= !change.Notify || told.Add($"{change.Alert.Id}/{change.Kind}/{change.Alert.Level}");
                        states[change.Alert.Id] = change.Alert;
                    }
                }

                return sound;
            },
            iter: 100);

    private static AlertBook Recovered(TestWater water)
    {
        var book = new AlertBook(TestWater.Station);
        book.Recover(water.Book.Current);
        return book;
    }

    private static List<(DateTimeOffset Time, List<Metric> Metrics)> Packets(double[] slopes)
    {
        var (time, level) = (new DateTimeOffset(2026, 1, 9, 14, 30, 0, TimeSpan.Zero), 60.0);
        List<(DateTimeOffset, List<Metric>)> packets = [];
        for (var i = 0; i < slopes.Length * 60; i++)
        {
            time += TimeSpan.FromMinutes(2.5);
            level = Math.Clamp(level + (slopes[i / 60] / 24), 0, 100);
            packets.Add((time, TestWater.Metrics(level, i % 4 * 5, 0, 12.6)));
        }

        return packets;
    }

    private static List<string> Run(List<(DateTimeOffset Time, List<Metric> Metrics)> packets, Random? shuffle)
    {
        var book = new AlertBook(TestWater.Station);
        List<string> seen = [];
        foreach (var slot in packets.GroupBy(p => p.Time.ToUnixTimeSeconds() / 300))
        {
            var inSlot = slot.ToList();
            foreach (var packet in shuffle is null ? inSlot : inSlot.OrderBy(_ => shuffle.Next()).Append(inSlot[0]))
            {
                book.OnPacket("ten-mile", packet.Time, packet.Metrics);
            }

            var closed = DateTimeOffset.FromUnixTimeSeconds((slot.Key + 1) * 300).AddMinutes(1);
            seen.AddRange(book.Evaluate(closed).Select(c => $"{c.Kind} {c.Alert.Id} {c.Alert.Summary} {c.Alert.Level}"));
        }

        return seen;
    }
}
