using System.Collections;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>
/// What a client's publishes still lack (MQTT 5 sections 3.3.4 and 4.3.3): how many are not fully acknowledged, and which QoS 2
/// packet ids are not released, so that a repeated one is not taken twice. 8 KiB at most. Thread-safe.
/// </summary>
internal sealed class InFlight(int receiveMaximum)
{
    private readonly Lock _lock = new();
    private BitArray? _unreleased;
    private int _open;

    /// <summary>A publish came: whether it is one more than the client was told, and whether it is a repetition that was taken already.</summary>
    public (bool TooMany, bool Again) OnPublish(MqttPublishPacket publish)
    {
        if (publish.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce)
        {
            return (false, false);
        }

        lock (_lock)
        {
            if (publish.QualityOfServiceLevel == MqttQualityOfServiceLevel.ExactlyOnce && _unreleased is not null && _unreleased[publish.PacketIdentifier])
            {
                return (false, true);
            }

            return (++_open > receiveMaximum, false);
        }
    }

    /// <summary>A QoS 1 publish came that the guard answers itself: whether it is one more than the client was told.</summary>
    public bool OnDirect()
    {
        lock (_lock)
        {
            return ++_open > receiveMaximum;
        }
    }

    /// <summary>So many of these are about to be answered: the client may send as many again the moment it hears.</summary>
    public void OnAnswering(int answers)
    {
        lock (_lock)
        {
            _open -= answers;
        }
    }

    /// <summary>An answer went out. <paramref name="saysNo"/>: the client hears reason codes, and what is refused is over for it.</summary>
    public void OnSent(MqttPacket packet, bool saysNo)
    {
        lock (_lock)
        {
            switch (packet)
            {
                case MqttPubAckPacket:
                case MqttPubRecPacket { ReasonCode: >= MqttPubRecReasonCode.UnspecifiedError } when saysNo:
                    _open--;
                    break;
                case MqttPubRecPacket taken:
                    (_unreleased ??= new BitArray(ushort.MaxValue + 1))[taken.PacketIdentifier] = true;
                    break;
                case MqttPubCompPacket done when _unreleased is not null && _unreleased[done.PacketIdentifier]:
                    _unreleased[done.PacketIdentifier] = false;
                    _open--;
                    break;
            }
        }
    }
}
