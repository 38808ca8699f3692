using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>Which packets ask for an answer, which are one, and what a refusal is called on the wire.</summary>
internal static class PacketKinds
{
    /// <summary>Whether the server owes the client an answer to it.</summary>
    public static bool IsAnswered(this MqttPacket packet) => packet switch
    {
        MqttPublishPacket publish => publish.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce,
        MqttPubRelPacket or MqttPubRecPacket or MqttSubscribePacket or MqttUnsubscribePacket or MqttPingReqPacket => true,
        _ => false,
    };

    /// <summary>Whether it is such an answer.</summary>
    public static bool IsAnswer(this MqttPacket packet) =>
        packet is MqttPubAckPacket or MqttPubRecPacket or MqttPubRelPacket or MqttPubCompPacket or MqttSubAckPacket or MqttUnsubAckPacket or MqttPingRespPacket;

    /// <summary>The reason code of a DISCONNECT for it (MQTT 5 section 3.14.2.1).</summary>
    public static MqttDisconnectReasonCode ReasonCode(this Refusal refusal) => refusal switch
    {
        Refusal.PacketSize => MqttDisconnectReasonCode.PacketTooLarge,
        Refusal.ReceiveMaximum => MqttDisconnectReasonCode.ReceiveMaximumExceeded,
        Refusal.TopicAlias => MqttDisconnectReasonCode.TopicAliasInvalid,
        _ => MqttDisconnectReasonCode.MalformedPacket,
    };
}
