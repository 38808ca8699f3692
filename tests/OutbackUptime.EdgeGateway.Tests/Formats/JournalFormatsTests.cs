using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Formats;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Mqtt;
using OutbackUptime.EdgeGateway.Telemetry;
using OutbackUptime.EdgeGateway.Tests.Journal;

namespace OutbackUptime.EdgeGateway.Tests.Formats;

/// <summary>Publishes in other formats on a real journal.</summary>
public sealed class JournalFormatsTests : IAsyncLifetime, IHubCommands
{
    private const string SenMlTopic = "stations/napperby/hubs/bore-01/senml";
    private readonly JournalFixture _fixture = new();
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddMetrics()
        .AddSingleton<MqttInstruments>()
        .AddSingleton(new PacketTraces(Options.Create(new TelemetryOptions()), Options.Create(new GatewayOptions { Station = "napperby", HomeRegion = "syd", DataDirectory = "/" }), new Random(1)))
        .BuildServiceProvider();
    private HubIntake _intake = null!;

    public async Task InitializeAsync()
    {
        await _fixture.OpenAsync();
        MakeIntake();
    }

    public async Task DisposeAsync()
    {
        await _fixture.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task TakeAsync_OfASenMlPack_JournalsItsPacketsAsNativeOnes_NumberedInOrder()
    {
        Assert.Equal(AppendStatus.Accepted, await TakeAsync("""[{"bt":1795482123,"n":"battery","u":"V","v":12.5},{"n":"battery","u":"V","t":-30,"v":12.25}]"""));
        Assert.Equal(AppendStatus.Accepted, await TakeAsync("""[{"n":"battery","u":"V","v":12}]"""));

        var entries = Entries();
        Assert.Equal([0, 1, 2], entries.Select(e => e.Seq));
        Assert.Single(entries.Select(e => e.Boot).Distinct());
        Assert.Equal("""{"seq":1,"ts":"2026-11-24T01:01:33Z","metrics":{"battery_v":12.25}}""", Encoding.UTF8.GetString(entries[1].Payload.Span));
        Assert.All(entries, e => Assert.True(PacketParser.TryParse(e.Payload.Span, out var packet, out _) && packet.Seq == e.Seq));
    }

    [Fact]
    public async Task TakeAsync_OfAPackThatComesAgain_JournalsNothing_AlsoAfterARestart()
    {
        const string Pack = """[{"bt":1795482123,"n":"a","v":1},{"n":"a","t":-30,"v":1},{"n":"fw","vs":"1.2"}]""";
        await TakeAsync(Pack);

        Assert.Equal(AppendStatus.Duplicate, await TakeAsync(Pack));
        await _fixture.CloseAsync();
        await _fixture.OpenAsync();
        MakeIntake();

        Assert.Equal(AppendStatus.Duplicate, await TakeAsync(Pack));
        Assert.Equal([JournalEntryKind.Packet, JournalEntryKind.Packet, JournalEntryKind.Quarantine], Entries().Select(e => e.Kind));
        Assert.Equal(FaultCodes.LeftOut, Entries()[2].ReasonCode);
        Assert.Equal(Pack, Encoding.UTF8.GetString(Entries()[2].Payload.Span));
    }

    [Fact]
    public async Task TakeAsync_OfAPackThatComesAgain_AfterASalvageWithoutItsRing_JournalsNothing()
    {
        const string Pack = """[{"bt":1795482123,"n":"a","v":1}]""";
        await TakeAsync(Pack);

        await SalvageAsync("DELETE FROM recent; DELETE FROM arrivals; VACUUM;");

        Assert.Equal(AppendStatus.Duplicate, await TakeAsync(Pack));
    }

    [Fact]
    public async Task TakeAsync_OfAPackWithoutTime_IsANewPacket_UnlessItIsMarkedAsRedelivered()
    {
        const string Pack = """[{"n":"a","v":1}]""";
        await TakeAsync(Pack);

        Assert.Equal(AppendStatus.Accepted, await TakeAsync(Pack));
        Assert.Equal(AppendStatus.Duplicate, await TakeAsync(Pack, isRedelivery: true));
        Assert.Equal([0, 1], Entries().Select(e => e.Seq));
    }

    [Fact]
    public async Task Append_OfAHubWhoseClockWasNeverSet_KeepsTheRepairedTime_AlsoAcrossARestart()
    {
        await TakeNativeAsync(1, "1970-01-01T02:00:00Z");
        await _fixture.CloseAsync();
        await _fixture.OpenAsync();
        MakeIntake();
        await TakeNativeAsync(0, "1970-01-01T01:00:00Z"); // kept for an hour

        var entries = Entries();
        Assert.Null(entries[0].RepairedTime);
        Assert.InRange((entries[0].ReceivedAt.AddHours(-1) - entries[1].RepairedTime!.Value).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Append_WhenAHubsOwnBootHasWrapped_RemembersItAcrossARestart()
    {
        await TakeNativeAsync(65_535, null);
        await TakeNativeAsync(0, null);
        await _fixture.CloseAsync();
        await _fixture.OpenAsync();
        MakeIntake();
        await TakeNativeAsync(1, null);

        Assert.Equal([false, true, true], Entries().Select(e => e.BootAssigned));
        Assert.Equal(Entries()[1].Boot, Entries()[2].Boot);
    }

    [Theory]
    [InlineData("")]
    [InlineData("DELETE FROM wrapped; VACUUM;")]
    public async Task Append_WhenAHubsOwnBootHasWrapped_GivesNoKeyTwice_AfterASalvage(string lost)
    {
        await TakeNativeAsync(65_535, null);
        await TakeNativeAsync(0, null);
        for (var seq = 1; seq <= 300; seq++)
        {
            await TakeNativeAsync(seq, null);
        }

        await SalvageAsync(lost);
        await TakeNativeAsync(65_535 - 256, null);
        await TakeNativeAsync(301, null);

        Assert.Equal([false, true], Entries().Select(e => e.BootAssigned).Distinct());
        Assert.All(Entries().Skip(1), e => Assert.True(e.BootAssigned, $"{e.Boot} {e.Seq}"));
        Assert.Equal(304, Entries().Select(e => (e.Boot, e.Seq)).Distinct().Count());
    }

    [Theory]
    [InlineData("ALTER TABLE entries DROP COLUMN event_us; DROP TABLE wrapped; DROP TABLE clocks; DROP TABLE given_up; DROP TABLE hours;")]
    [InlineData("ALTER TABLE wrapped DROP COLUMN crc; ALTER TABLE clocks DROP COLUMN crc;")]
    public async Task Open_OfAFileOfTheFirstVersion_TakesItAsItIs(string older)
    {
        await TakeNativeAsync(1, null);
        await _fixture.CloseAsync();
        using (var connection = new SqliteConnection($"Data Source={_fixture.Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = older + """
                DROP INDEX entries_named;
                ALTER TABLE entries DROP COLUMN identity; ALTER TABLE entries DROP COLUMN crc;
                ALTER TABLE meta DROP COLUMN crc; ALTER TABLE committed DROP COLUMN crc;
                ALTER TABLE hubs DROP COLUMN members; ALTER TABLE hubs DROP COLUMN crc;
                ALTER TABLE recent DROP COLUMN offset; ALTER TABLE recent DROP COLUMN crc;
                DROP TABLE gone; DROP TABLE silenced; DROP TABLE arrivals;
                DELETE FROM meta WHERE key IN ('checked_from', 'boot_floor');
                UPDATE meta SET value = '1' WHERE key = 'schema';
                """;
            command.ExecuteNonQuery();
        }

        await _fixture.OpenAsync();
        MakeIntake();
        await TakeNativeAsync(2, null);

        Assert.Equal([1, 2], Entries().Select(e => e.Seq));
        Assert.Equal(0, _fixture.Journal.Salvages);
    }

    Task IHubCommands.SendAsync(string topic, ReadOnlyMemory<byte> payload) => Task.CompletedTask;

    /// <summary>Something is taken out of the file, and its first page is damaged.</summary>
    private async Task SalvageAsync(string lost)
    {
        await _fixture.CloseAsync();
        using (var connection = new SqliteConnection($"Data Source={_fixture.Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = lost + "PRAGMA wal_checkpoint(TRUNCATE);";
            command.ExecuteNonQuery();
        }

        using (var file = File.OpenHandle(_fixture.Path, FileMode.Open, FileAccess.Write))
        {
            RandomAccess.Write(file, new byte[1024], 0);
        }

        await _fixture.OpenAsync();
        MakeIntake();
        Assert.Equal(1, _fixture.Journal.Salvages);
    }

    private void MakeIntake() => _intake = new HubIntake(
        Options.Create(new GatewayOptions { Station = "napperby", HomeRegion = "syd", DataDirectory = "/" }),
        _fixture.Journal,
        _services.GetRequiredService<MqttInstruments>(),
        _services.GetRequiredService<PacketTraces>(),
        new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 1, 2, 3, TimeSpan.Zero)),
        NullLogger<HubIntake>.Instance);

    private Task TakeNativeAsync(long seq, string? ts) =>
        TakeAsync($"{{\"seq\":{seq},\"boot\":7,{(ts is null ? "" : $"\"ts\":\"{ts}\",")}\"metrics\":{{\"v\":{seq}}}}}", topic: "stations/napperby/hubs/bore-01/packets");

    private async Task<AppendStatus> TakeAsync(string payload, bool isRedelivery = false, string topic = SenMlTopic)
    {
        Assert.True(PublishTopic.TryParse(topic, "napperby", out var to));
        var bytes = Encoding.UTF8.GetBytes(payload);
        return (await _intake.TakeAsync(new HubPublish(topic, to, bytes, bytes.Length, isRedelivery), this)).Status;
    }

    private IReadOnlyList<JournalEntry> Entries() => _fixture.Journal.Read([new OffsetRange(1, _fixture.Journal.NextOffset - 1)], 1000, int.MaxValue);
}
