using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Data.Sqlite;
using MQTTnet;
using MQTTnet.Protocol;
using OutbackUptime.EdgeGateway.Tests.Mqtt;
using OutbackUptime.Testing;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Formats;

[Trait("Suite", "Slow")]
public sealed class HubFormatsTests : IAsyncLifetime
{
    private readonly GatewayProcess _gateway = new();

    public Task InitializeAsync() => _gateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task TahuClient_WorksUnchanged_IsAskedForItsBirthAfterAGap_AndItsWillIsItsDeath()
    {
        await using var node = await NodeClient.StartAsync("sparkplug.mjs", $"{_gateway.Port}", _gateway.CaPath, GatewayProcess.Hub, GatewayProcess.Secret, "napperby");

        await node.WaitForLineAsync(l => l == "COMMAND Node Control/Rebirth=true", TimeSpan.FromSeconds(30));
        await Eventually.TrueAsync(() => Payloads().Count == 8, describe: () => string.Join('\n', Payloads()) + node.Output);
        await node.KillAsync();
        await Eventually.TrueAsync(() => Payloads().Count == 9, describe: () => string.Join('\n', Payloads()));

        const string Birth = """{"seq":0,"ts":"2026-11-24T01:02:03.#00Z","metrics":{"node_online":1,"node_control_rebirth":0,"battery_voltage":12.61,"bd_seq":0}}""";
        const string DeviceBirth = """{"seq":1,"ts":"2026-11-24T01:02:03.#01Z","metrics":{"pump_1_online":1,"pump_1_current":4.5,"pump_1_offset":-7}}""";
        Assert.Equal(
            [
                Birth.Replace(".#00", "", StringComparison.Ordinal),
                DeviceBirth.Replace('#', '0'),
                """{"seq":2,"ts":"2026-11-24T01:02:03.002Z","metrics":{"battery_voltage":12.5}}""",
                """{"seq":3,"ts":"2026-11-24T01:02:03.003Z","metrics":{"pump_1_current":4.25,"pump_1_offset":-8}}""",
                """{"seq":5,"ts":"2026-11-24T01:02:03.005Z","metrics":{"battery_voltage":12.25}}""",
                Birth.Replace("#00", "1", StringComparison.Ordinal),
                DeviceBirth.Replace('#', '1'),
                """{"seq":2,"ts":"2026-11-24T01:02:03.11Z","metrics":{"pump_1_online":0}}""",
            ],
            Payloads().Take(8));
        Assert.Contains("\"seq\":3,", Payloads()[8], StringComparison.Ordinal);
        Assert.Contains("\"metrics\":{\"node_online\":0,\"bd_seq\":0}", Payloads()[8], StringComparison.Ordinal);
        Assert.Equal(2, Query("SELECT DISTINCT boot FROM entries").Count);
    }

    [Fact]
    public async Task MosquittoPub_OfSenMl_IsJournaledAsAPacket()
    {
        await using var client = ChildProcess.Start("mosquitto_pub",
        [
            "-V", "mqttv5", "--cafile", _gateway.CaPath, "-h", "localhost", "-p", $"{_gateway.Port}", "-u", GatewayProcess.Hub, "-P", GatewayProcess.Secret,
            "-q", "1", "-t", "stations/napperby/hubs/bore-01/senml", "-m", """[{"bn":"bore-01:","bt":1795484523,"n":"tank","u":"%","v":71.4}]""",
        ]);

        var exit = await client.WaitForExitAsync(TimeSpan.FromSeconds(30));

        Assert.True(exit == 0, client.Output);
        Assert.Equal(["""{"seq":0,"ts":"2026-11-24T01:42:03Z","metrics":{"tank_pct":71.4}}"""], Payloads());
    }

    [Fact]
    public async Task Publish_OfAPackWithoutTime_WithTheDupFlag_IsTheSamePacket()
    {
        using var hub = await ConnectAsync();
        var builder = new MqttApplicationMessageBuilder().WithTopic("stations/napperby/hubs/bore-01/senml").WithPayload("""[{"n":"a","v":1}]""").WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        var again = builder.Build();
        again.Dup = true;

        await hub.PublishAsync(builder.Build());
        await hub.PublishAsync(again);
        Assert.Single(Payloads());

        await hub.PublishAsync(builder.Build());
        Assert.Equal(2, Payloads().Count);
    }

    [Fact]
    public async Task Publish_ToAnotherNodesTopic_IsNotAuthorized()
    {
        using var hub = await ConnectAsync();

        var result = await hub.PublishBinaryAsync("spBv1.0/napperby/NDATA/trough-07", [0x18, 0x01], MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, result.ReasonCode);
    }

    [Fact]
    public async Task Publish_OfABadPack_IsQuarantinedAndSaysWhy()
    {
        using var hub = await ConnectAsync();

        var result = await hub.PublishStringAsync("stations/napperby/hubs/bore-01/senml", """[{"n":"a b","v":1}]""", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(MqttClientPublishReasonCode.PayloadFormatInvalid, result.ReasonCode);
        Assert.Contains("'a b' breaks RFC 8428", result.ReasonString, StringComparison.Ordinal);
    }

    private async Task<IMqttClient> ConnectAsync()
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(_gateway.CaPath);
        var hub = new MqttClientFactory().CreateMqttClient();
        await hub.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer("localhost", _gateway.Port)
            .WithTlsOptions(t => t.UseTls().WithTrustChain(roots).WithRevocationMode(X509RevocationMode.NoCheck))
            .WithCredentials(GatewayProcess.Hub, Encoding.UTF8.GetBytes(GatewayProcess.Secret))
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
            .WithTimeout(TimeSpan.FromSeconds(20))
            .Build());
        return hub;
    }

    private List<string> Payloads() => Query("SELECT CAST(payload AS TEXT) FROM entries WHERE kind = 1 ORDER BY offset");

    private List<string> Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_gateway.JournalPath};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetValue(0).ToString()!);
        }

        return rows;
    }
}
