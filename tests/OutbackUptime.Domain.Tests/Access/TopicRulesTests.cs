using OutbackUptime.Domain.Access;

namespace OutbackUptime.Domain.Tests.Access;

public sealed class TopicRulesTests
{
    [Theory]
    [InlineData("stations/napperby/hubs/bore-01/#", true)]
    [InlineData("stations/napperby/hubs/bore-01/safe", true)]
    [InlineData("stations/napperby/hubs/bore-01/+", true)]
    [InlineData("stations/napperby/hubs/bore-01/", false)]
    [InlineData("stations/napperby/hubs/bore-011/safe", false)]
    [InlineData("stations/napperby/hubs/+/safe", false)]
    [InlineData("stations/napperby/hubs/#", false)]
    [InlineData("stations/napperby/#", false)]
    [InlineData("#", false)]
    [InlineData("+/napperby/hubs/bore-01/safe", false)]
    [InlineData("$SYS/#", false)]
    [InlineData("$share/g/stations/napperby/hubs/bore-01/safe", false)]
    [InlineData("stations/napperby/hubs/bore-01/#/safe", false)]
    [InlineData("stations/napperby/hubs/bore-01/sa+", false)]
    [InlineData("", false)]
    public void MaySubscribe_OfAHub_IsWithinItsOwnTopics(string filter, bool may) =>
        Assert.Equal(may, TopicRules.MaySubscribe(VisitorRole.Hub, "napperby", "bore-01", filter));

    [Theory]
    [InlineData("stations/napperby/#", true)]
    [InlineData("stations/napperby/hubs/+/status", true)]
    [InlineData("stations/napperby/hubs/bore-01/packets", true)]
    [InlineData("stations/+/hubs/bore-01/packets", false)]
    [InlineData("stations/wave-hill/#", false)]
    [InlineData("stations/#", false)]
    [InlineData("#", false)]
    public void MaySubscribe_OfAWatcher_IsWithinItsStation(string filter, bool may) =>
        Assert.Equal(may, TopicRules.MaySubscribe(VisitorRole.Watcher, "napperby", "office", filter));

    [Fact]
    public void MaySubscribe_ToAVeryLongFilter_IsNo() =>
        Assert.False(TopicRules.MaySubscribe(VisitorRole.Watcher, "napperby", "office", "stations/napperby/" + new string('a', 300)));

    [Theory]
    [InlineData("gateway", false)]
    [InlineData("Bore 1", false)]
    [InlineData("bore-01", true)]
    public void WhyNoId_SaysWhy(string id, bool good) => Assert.Equal(good, TopicRules.WhyNoId(id) is null);
}
