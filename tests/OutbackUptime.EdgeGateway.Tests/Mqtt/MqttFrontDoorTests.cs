using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Data.Sqlite;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Mqtt;

[Trait("Suite", "Slow")]
public sealed class MqttFrontDoorTests : IAsyncLifetime
{
    private const string Topic = "stations/napperby/hubs/bore-01/packets";
    private readonly GatewayProcess _gateway = new();

    public Task InitializeAsync() => _gateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Publish_OverTls_IsAcknowledgedAndJournaled(MqttProtocolVersion version)
    {
        using var hub = await ConnectAsync(version);

        var result = await hub.PublishStringAsync(Topic, """{"seq":1,"boot":7,"metrics":{"battery_v":12.61}}""", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(MqttClientPublishReasonCode.Success, result.ReasonCode);
        Assert.Equal(["bore-01/7/1"], Journaled());
    }

    [Fact]
    public async Task Publish_OfABadPacket_IsQuarantinedAndSaysWhy()
    {
        using var hub = await ConnectAsync(MqttProtocolVersion.V500);

        var result = await hub.PublishStringAsync(Topic, """{"seq":1,"metrics":{"Battery V":12.61}}""", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(MqttClientPublishReasonCode.PayloadFormatInvalid, result.ReasonCode);
        Assert.Contains("Battery V", result.ReasonString, StringComparison.Ordinal);
        Assert.Equal(1, (await _gateway.StatusAsync()).GetProperty("packets").GetProperty("quarantined").GetInt64());
    }

    [Fact]
    public async Task Publish_LargerThanTheLimit_IsQuarantinedCut()
    {
        using var hub = await ConnectAsync(MqttProtocolVersion.V500);

        var result = await hub.PublishStringAsync(Topic, new string('x', 17_000), MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(MqttClientPublishReasonCode.PayloadFormatInvalid, result.ReasonCode);
        Assert.Equal(["16384"], Query("SELECT length(payload) FROM entries"));
    }

    [Fact]
    public async Task Publish_UnderAnothersTopic_IsNotAuthorized()
    {
        using var hub = await ConnectAsync(MqttProtocolVersion.V500);

        var result = await hub.PublishStringAsync("stations/napperby/hubs/bore-02/packets", "{}", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, result.ReasonCode);
        Assert.Empty(Journaled());
    }

    [Fact]
    public async Task Connect_WithAnotherHubsClientId_LeavesThatHubAlone()
    {
        using var hub = await ConnectAsync(MqttProtocolVersion.V500, clientId: "logger");
        using var other = await ConnectAsync(MqttProtocolVersion.V500, GatewayProcess.OtherHub, "logger");
        Assert.True(other.IsConnected);

        var result = await hub.PublishStringAsync(Topic, """{"seq":1,"boot":7,"metrics":{"battery_v":12.6}}""", MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.Equal(MqttClientPublishReasonCode.Success, result.ReasonCode);
    }

    [Fact]
    public async Task Connect_WithItsOwnClientId_EndsTheOldSession()
    {
        using var hub = await ConnectAsync(MqttProtocolVersion.V500, clientId: "logger");
        var ended = new TaskCompletionSource<MqttClientDisconnectReason>(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.DisconnectedAsync += e =>
        {
            ended.TrySetResult(e.Reason);
            return Task.CompletedTask;
        };

        using var again = await ConnectAsync(MqttProtocolVersion.V500, clientId: "logger");

        Assert.Equal(MqttClientDisconnectReason.SessionTakenOver, await ended.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.True(again.IsConnected);
    }

    [Fact]
    public async Task Publish_AfterTheCredentialWasRevoked_IsRefused_AndOthersGoOn()
    {
        using var hub = await ConnectAsync(MqttProtocolVersion.V311);
        using var other = await ConnectAsync(MqttProtocolVersion.V500, GatewayProcess.OtherHub);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.DisconnectedAsync += _ =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        await using var revoke = ChildProcess.StartProject("OutbackUptime.EdgeGateway", ["hubs", "revoke", GatewayProcess.Hub], _gateway.Environment);
        Assert.Equal(0, await revoke.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        await _gateway.WaitForLineAsync("was reloaded: 2 hubs");

        // The connection ends instead of an answer, which 3.1.1 could only take for a yes.
        await Assert.ThrowsAnyAsync<Exception>(() => hub.PublishStringAsync(Topic, """{"seq":1,"boot":7,"metrics":{"battery_v":12.6}}""", MqttQualityOfServiceLevel.AtLeastOnce));
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var result = await other.PublishStringAsync(
            "stations/napperby/hubs/trough-07/packets", """{"seq":1,"boot":7,"metrics":{"battery_v":12.6}}""", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(MqttClientPublishReasonCode.Success, result.ReasonCode);
        Assert.Equal(["trough-07/7/1"], Journaled());
    }

    [Fact]
    public async Task Connect_WithAWrongPassword_IsRefused()
    {
        using var hub = new MqttClientFactory().CreateMqttClient();

        var result = await hub.ConnectAsync(Options(MqttProtocolVersion.V500, "wrong"));

        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, result.ResultCode);
    }

    [Fact]
    public async Task Subscribe_IsNotAuthorized()
    {
        using var hub = await ConnectAsync(MqttProtocolVersion.V500);

        var result = await hub.SubscribeAsync("#");

        Assert.Equal(MqttClientSubscribeResultCode.NotAuthorized, result.Items.Single().ResultCode);
    }

    [Fact]
    public async Task Kill_WhileAHubPublishes_KeepsEveryAcknowledgedPacket()
    {
        var acknowledged = new List<long>();
        for (var round = 0L; round < 3; round++)
        {
            using var hub = await ConnectAsync(MqttProtocolVersion.V500);
            var publishing = PublishUntilItBreaksAsync(hub, round, acknowledged);
            await Testing.Eventually.TrueAsync(() => Count(acknowledged) > (round + 1) * 50);
            await _gateway.KillAsync();
            await publishing;
            await _gateway.StartAsync();
        }

        var journaled = Query("SELECT boot * 100000 + seq FROM entries").Select(long.Parse).ToHashSet();
        Assert.All(acknowledged, key => Assert.Contains(key, journaled));
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task MosquittoPub_WorksUnchanged(string version)
    {
        await using var client = ChildProcess.Start("mosquitto_pub",
        [
            "-V", version, "--cafile", _gateway.CaPath, "-h", "localhost", "-p", $"{_gateway.Port}", "-u", GatewayProcess.Hub, "-P", GatewayProcess.Secret,
            "-q", "1", "-t", Topic, "-m", """{"seq":5,"boot":1,"metrics":{"tank_level_pct":71.4}}""",
        ]);

        var exit = await client.WaitForExitAsync(TimeSpan.FromSeconds(30));
        Assert.True(exit == 0, client.Output);
        Assert.Equal(["bore-01/1/5"], Journaled());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task NpmMqtt_WorksUnchanged(int protocolVersion)
    {
        await using var client = await NodeClient.StartAsync(
            "publish.mjs", $"{_gateway.Port}", _gateway.CaPath, GatewayProcess.Hub, GatewayProcess.Secret, Topic, $"{protocolVersion}");

        await client.WaitForLineAsync(l => l == "ACKNOWLEDGED", TimeSpan.FromSeconds(30));
        Assert.Equal(["bore-01/7/1", "bore-01/7/2", "bore-01/7/3"], Journaled());
    }

    [Fact]
    public async Task DryRun_SaysThatItWouldStart()
    {
        await _gateway.StopAsync();
        await using var run = ChildProcess.StartProject("OutbackUptime.EdgeGateway", ["--dry-run"], _gateway.Environment);

        var exit = await run.WaitForExitAsync(TimeSpan.FromSeconds(60));

        Assert.True(exit == 0, run.Output);
        await run.WaitForLineAsync(l => l.Contains("This gateway would start", StringComparison.Ordinal), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task DryRun_ChangesNothing()
    {
        await _gateway.StopAsync();
        await File.WriteAllBytesAsync(_gateway.JournalPath, []);
        await using var run = ChildProcess.StartProject("OutbackUptime.EdgeGateway", ["--dry-run"], _gateway.Environment);

        Assert.Equal(0, await run.WaitForExitAsync(TimeSpan.FromSeconds(60)));
        Assert.Empty(await File.ReadAllBytesAsync(_gateway.JournalPath));
    }

    [Fact]
    public async Task DryRun_OfAnotherStationsJournal_SaysSo()
    {
        await _gateway.StopAsync();
        var other = new Dictionary<string, string>(_gateway.Environment) { ["Gateway__Station"] = "wave-hill" };
        await using var run = ChildProcess.StartProject("OutbackUptime.EdgeGateway", ["--dry-run"], other);

        Assert.Equal(1, await run.WaitForExitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("belongs to station 'napperby', not to 'wave-hill'", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DryRun_WithoutHubsFile_SaysWhatIsWrong()
    {
        var environment = new Dictionary<string, string>(_gateway.Environment) { ["Mqtt__HubsFile"] = "nowhere.json" };
        await using var run = ChildProcess.StartProject("OutbackUptime.EdgeGateway", ["--dry-run"], environment);

        Assert.Equal(1, await run.WaitForExitAsync(TimeSpan.FromSeconds(60)));
        await run.WaitForLineAsync(l => l.StartsWith("FAIL  hubs", StringComparison.Ordinal), TimeSpan.FromSeconds(5));
    }

    private static async Task PublishUntilItBreaksAsync(IMqttClient hub, long boot, List<long> acknowledged)
    {
        for (var seq = 0L; hub.IsConnected; seq++)
        {
            try
            {
                var result = await hub.PublishStringAsync(Topic, $"{{\"seq\":{seq},\"boot\":{boot},\"metrics\":{{\"v\":{seq}}}}}", MqttQualityOfServiceLevel.AtLeastOnce);
                if (result.IsSuccess)
                {
                    lock (acknowledged)
                    {
                        acknowledged.Add((boot * 100000) + seq);
                    }
                }
            }
            catch (Exception e) when (e is MQTTnet.Exceptions.MqttCommunicationException or OperationCanceledException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private static int Count(List<long> acknowledged)
    {
        lock (acknowledged)
        {
            return acknowledged.Count;
        }
    }

    private async Task<IMqttClient> ConnectAsync(MqttProtocolVersion version, string name = GatewayProcess.Hub, string? clientId = null)
    {
        var hub = new MqttClientFactory().CreateMqttClient();
        await hub.ConnectAsync(Options(version, GatewayProcess.Secret, name, clientId));
        return hub;
    }

    private MqttClientOptions Options(MqttProtocolVersion version, string secret, string name = GatewayProcess.Hub, string? clientId = null)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(_gateway.CaPath);
        return new MqttClientOptionsBuilder()
            .WithTcpServer("localhost", _gateway.Port)
            .WithTlsOptions(t => t.UseTls().WithTrustChain(roots).WithRevocationMode(X509RevocationMode.NoCheck))
            .WithCredentials(name, Encoding.UTF8.GetBytes(secret))
            .WithProtocolVersion(version)
            .WithClientId(clientId ?? $"{Guid.NewGuid():N}")
            .WithTimeout(TimeSpan.FromSeconds(20))
            .Build();
    }

    private List<string> Journaled() => Query("SELECT hub || '/' || boot || '/' || seq FROM entries WHERE kind = 1 ORDER BY offset");

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
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
