using CsCheck;
using OutbackUptime.EdgeGateway.Mqtt.Guard;

namespace OutbackUptime.EdgeGateway.Tests.Mqtt.Guard;

public sealed class PacketReaderTests
{
    private const int Limit = 2000;

    [Fact]
    public void PacketsInWhateverPieces_ComeOutWhole() =>
        Gen.Select(Gen.Byte.Array[0, 1500].Array[1, 8], Gen.Int[1, 700]).Sample((bodies, piece) =>
        {
            var reader = new PacketReader(new PieceStream([.. bodies.SelectMany(b => RawMqtt.Packet(0x30, b))], piece));
            foreach (var body in bodies)
            {
                var (packet, refusal) = Read(reader);
                Assert.Equal(Refusal.None, refusal);
                Assert.Equal(body, packet.Body.ToArray());
            }

            Assert.Equal(0, Read(reader).Packet.TotalLength);
        });

    [Fact]
    public void WhateverBytes_NeverGiveMoreThanTheLimit_AndNeverTurnInCircles() =>
        Gen.Select(Gen.Byte.Array[0, 3000], Gen.Int[1, 700]).Sample((bytes, piece) =>
        {
            var reader = new PacketReader(new PieceStream(bytes, piece));
            var taken = 0;
            while (Read(reader) is { Refusal: Refusal.None, Packet.TotalLength: > 0 } read)
            {
                Assert.InRange(read.Packet.TotalLength, 2, Limit);
                taken += read.Packet.TotalLength;
            }

            Assert.True(taken <= bytes.Length);
        });

    [Theory]
    [InlineData("30ffffff7f", Refusal.PacketSize)]
    [InlineData("30ffffffff7f", Refusal.Malformed)]
    [InlineData("30d10f", Refusal.PacketSize)]
    [InlineData("30", Refusal.None)]
    public void AHeader_IsJudgedBeforeItsBodyComes(string hex, object refusal)
    {
        var (packet, judged) = Read(new PacketReader(new PieceStream(Convert.FromHexString(hex), 1)));

        Assert.Equal((Refusal)refusal, judged);
        Assert.Equal(0, packet.TotalLength);
    }

    private static (MQTTnet.Adapter.ReceivedMqttPacket Packet, Refusal Refusal) Read(PacketReader reader)
    {
        var read = reader.ReadAsync(Limit, null, () => { }, CancellationToken.None).AsTask();
        Assert.True(read.IsCompleted);
        return read.GetAwaiter().GetResult();
    }
}
