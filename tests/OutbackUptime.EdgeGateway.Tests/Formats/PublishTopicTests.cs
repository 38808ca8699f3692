using OutbackUptime.Domain.Formats.Sparkplug;
using OutbackUptime.EdgeGateway.Formats;

namespace OutbackUptime.EdgeGateway.Tests.Formats;

public sealed class PublishTopicTests
{
    [Fact]
    public void TryParse_OfEachFormat_NamesHubAndMessage()
    {
        Assert.Equal(new PublishTopic("bore-01", PayloadFormat.Native), Parse("stations/napperby/hubs/bore-01/packets"));
        Assert.Equal(new PublishTopic("bore-01", PayloadFormat.SenMl), Parse("stations/napperby/hubs/bore-01/senml"));
        Assert.Equal(new PublishTopic("bore-01", PayloadFormat.Sparkplug, SparkplugMessage.NodeBirth), Parse("spBv1.0/napperby/NBIRTH/bore-01"));
        Assert.Equal(new PublishTopic("bore-01", PayloadFormat.Sparkplug, SparkplugMessage.DeviceData, "Pump 1"), Parse("spBv1.0/napperby/DDATA/bore-01/Pump 1"));
    }

    [Theory]
    [InlineData("stations/other/hubs/bore-01/packets")]
    [InlineData("stations/napperby/hubs/Bore/packets")]
    [InlineData("stations/napperby/hubs/gateway/packets")]
    [InlineData("stations/napperby/hubs/bore-01/other")]
    [InlineData("spBv1.0/napperby/NDATA/bore-01/pump")]
    [InlineData("spBv1.0/napperby/DDATA/bore-01")]
    [InlineData("spBv1.0/napperby/DDATA/bore-01/")]
    [InlineData("spBv1.0/napperby/NCMD/bore-01")]
    [InlineData("spBv1.0/STATE/host")]
    [InlineData("")]
    public void TryParse_OfAnother_IsFalse(string topic) => Assert.False(PublishTopic.TryParse(topic, "napperby", out _));

    [Theory]
    [InlineData("spBv1.0/napperby/NCMD/bore-01", true)]
    [InlineData("spBv1.0/napperby/NCMD/bore-01/#", true)]
    [InlineData("spBv1.0/napperby/DCMD/bore-01/#", true)]
    [InlineData("spBv1.0/napperby/NCMD/bore-02", false)]
    [InlineData("spBv1.0/napperby/NCMD/#", false)]
    [InlineData("spBv1.0/napperby/NCMD/+", false)]
    [InlineData("#", false)]
    public void MaySubscribe_OfOwnCommands_IsTrue(string filter, bool expected) => Assert.Equal(expected, CommandTopics.MaySubscribe("napperby", "bore-01", filter));

    private static PublishTopic? Parse(string topic) => PublishTopic.TryParse(topic, "napperby", out var parsed) ? parsed : null;
}
