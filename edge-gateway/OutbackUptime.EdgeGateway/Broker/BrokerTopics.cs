using MQTTnet.Packets;
using MQTTnet.Protocol;
using OutbackUptime.EdgeGateway.Formats;

namespace OutbackUptime.EdgeGateway.Broker;

/// <summary>What the gateway subscribes to: a station's hubs, in each format.</summary>
internal static class BrokerTopics
{
    /// <summary>At QoS 1. What is retained is not wanted again with each subscription: it was taken when it was published.</summary>
    public static IEnumerable<MqttTopicFilter> Of(string station) => new[]
    {
        $"stations/{station}/hubs/+/packets",
        $"stations/{station}/hubs/+/senml",
        $"{PublishTopic.SparkplugNamespace}/{station}/+/+",
        $"{PublishTopic.SparkplugNamespace}/{station}/+/+/+",
    }.Select(topic => new MqttTopicFilter
    {
        Topic = topic,
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        RetainHandling = MqttRetainHandling.DoNotSendOnSubscribe,
    });

    /// <summary>Whether a message is a command to hubs (also the gateway's own), which the Sparkplug filters match too.</summary>
    public static bool IsCommand(string topic) => topic.Split('/') is [PublishTopic.SparkplugNamespace, _, "NCMD" or "DCMD", ..];
}
