using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Tests.Load;

public sealed class DeliveryCountTests
{
    private static readonly PacketKey s_a = new("hub-00000", 1);
    private static readonly PacketKey s_b = new("hub-00000", 2);
    private static readonly PacketKey s_c = new("hub-00001", 1);

    [Fact]
    public void Of_WhenEachArrivedOnce_CountsNoFault() =>
        Assert.Equal(new DeliveryCount(2, 2, 0, 0, 0, 0), DeliveryCount.Of([s_a, s_b], [s_b, s_a]));

    [Fact]
    public void Of_WhenAnAcknowledgedOneIsMissing_CountsItLost() =>
        Assert.Equal(new DeliveryCount(3, 2, 1, 0, 0, 0), DeliveryCount.Of([s_a, s_b, s_c], [s_a, s_b]));

    [Fact]
    public void Of_WhenOneCameThreeTimes_CountsOneDoubledAndTwoCopies() =>
        Assert.Equal(new DeliveryCount(2, 2, 0, 1, 2, 0), DeliveryCount.Of([s_a, s_c], [s_a, s_c, s_a, s_a]));

    [Fact]
    public void Of_WhenOneCameWithoutPuback_CountsItAsNoLoss() =>
        Assert.Equal(new DeliveryCount(1, 2, 0, 0, 0, 1), DeliveryCount.Of([s_a], [s_a, s_b]));

    [Fact]
    public void Of_WhenOnlyTheHubDiffers_TellsPacketsApart() =>
        Assert.Equal(1, DeliveryCount.Of([s_a, s_c], [s_a, s_a]).Lost);

    [Fact]
    public void Plus_WhenTwoRunsAreAdded_AddsEachCount() =>
        Assert.Equal(new DeliveryCount(11, 22, 33, 44, 55, 66), new DeliveryCount(1, 2, 3, 4, 5, 6) + new DeliveryCount(10, 20, 30, 40, 50, 60));
}
