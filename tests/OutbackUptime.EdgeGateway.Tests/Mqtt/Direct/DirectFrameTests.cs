using System.Buffers;
using System.Text;
using CsCheck;
using OutbackUptime.EdgeGateway.Mqtt.Direct;
using OutbackUptime.EdgeGateway.Tests.Mqtt.Guard;

namespace OutbackUptime.EdgeGateway.Tests.Mqtt.Direct;

public sealed class DirectFrameTests
{
    private const string Topic = "stations/napperby/hubs/bore-01/packets";

    [Fact]
    public void PlainPublish_IsReadAsItWasSent() =>
        Gen.Select(Gen.Int[1, ushort.MaxValue], Gen.Bool, Gen.Byte[0x20, 0x7e].Array[0, 300]).Sample((id, isFive, text) =>
        {
            var payload = Encoding.ASCII.GetString(text);
            var publish = RawMqtt.Publish(Topic, payload, 1, (ushort)id, version: isFive ? (byte)5 : (byte)4);
            var header = publish[1] < 0x80 ? 2 : 3;

            Assert.True(PublishFrame.TryRead(publish[0], publish.AsSpan(header), Encoding.UTF8.GetBytes(Topic), isFive, out var read, out var rest));
            Assert.Equal((id, payload), (read, Encoding.ASCII.GetString(rest)));
        });

    [Theory]
    [InlineData(0x30)]
    [InlineData(0x33)]
    [InlineData(0x34)]
    [InlineData(0xc0)]
    public void OtherPackets_AreLeftToTheLibrary(byte flags) => Assert.False(IsRead(flags, RawMqtt.Publish(Topic, "{}", 1, 1)[2..]));

    [Fact]
    public void PropertiesOtherTopicsAndNoId_AreLeftToTheLibrary()
    {
        Assert.False(IsRead(0x32, RawMqtt.Publish(Topic, "{}", 1, 1, properties: [0x23, 0, 1])[2..]));
        Assert.False(IsRead(0x32, RawMqtt.Publish(Topic + "2", "{}", 1, 1)[2..]));
        Assert.False(IsRead(0x32, RawMqtt.Publish(Topic.Replace("01", "02", StringComparison.Ordinal), "{}", 1, 1)[2..]));
        Assert.False(IsRead(0x32, RawMqtt.Publish(Topic, "{}", 1, 0)[2..]));
    }

    [Fact]
    public void WhateverBytes_NeverThrow() =>
        Gen.Select(Gen.Byte, Gen.Byte.Array[0, 80]).Sample((flags, body) =>
        {
            _ = IsRead(flags, body);
        });

    [Fact]
    public void PubAck_WithAReason_SaysIt_UnlessTheClientTakesLess() =>
        Gen.Select(Gen.Int[1, ushort.MaxValue], Gen.String[0, 600], Gen.UInt[0, 400]).Sample((id, reason, most) =>
        {
            var bytes = new ArrayBufferWriter<byte>();
            PubAckFrame.Write(bytes, (ushort)id, 0x99, reason, most);
            var packet = bytes.WrittenSpan;
            var header = packet[1] < 0x80 ? 2 : 3;
            var body = packet[header..];

            Assert.Equal(0x40, packet[0]);
            Assert.Equal(body.Length, header == 2 ? packet[1] : (packet[1] & 0x7f) | (packet[2] << 7));
            Assert.Equal((id, 0x99), ((body[0] << 8) | body[1], body[2]));
            Assert.True(most < 8 || packet.Length <= most || most == 0);
            if (body[3] == 0)
            {
                Assert.True(most > 0);
                return;
            }

            var properties = body[3] < 0x80 ? body[4..] : body[5..];
            Assert.Equal(properties.Length, body[3] < 0x80 ? body[3] : (body[3] & 0x7f) | (body[4] << 7));
            Assert.Equal(0x1f, properties[0]);
            Assert.Equal(properties.Length - 3, (properties[1] << 8) | properties[2]);
            Assert.Equal(reason.Replace('\0', '?'), Encoding.UTF8.GetString(properties[3..]));
        });

    private static bool IsRead(byte flags, byte[] body) => PublishFrame.TryRead(flags, body, Encoding.UTF8.GetBytes(Topic), hasProperties: true, out _, out _);
}
