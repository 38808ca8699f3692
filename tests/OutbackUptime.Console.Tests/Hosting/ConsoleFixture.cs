using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using OutbackUptime.Silo.Tests.Hosting;
using OutbackUptime.Testing;
using OutbackUptime.Uplink;

namespace OutbackUptime.Console.Tests.Hosting;

/// <summary>A silo with data: `kidman-springs` in the registry, `old-place` in the stores only.</summary>
public sealed class ConsoleFixture : IAsyncLifetime
{
    public const string Station = "kidman-springs";
    public const string Gone = "old-place";

    private readonly RegionsFixture _regions = new();

    internal RegionsFixture Regions => _regions;

    internal SiloProcess Silo { get; private set; } = null!;

    /// <summary>The journal that the quarantined entries of <see cref="Station"/> are in.</summary>
    public Guid Epoch { get; private set; }

    /// <summary>An operator by bearer token.</summary>
    public HttpClient Operator => Silo.Admin;

    public async Task InitializeAsync()
    {
        await _regions.InitializeAsync();
        var cluster = $"c{Guid.NewGuid():N}";
        Silo = new SiloProcess(_regions, cluster, "syd", _regions.Registry(cluster, Station, Gone));
        await Silo.WaitReadyAsync();
        Epoch = await FillAsync(Station, 40);
        await FillAsync(Gone, 25);
        _regions.Registry(cluster, Station);
        await Eventually.TrueAsync(async () => (await GetAsync("overview")).GetProperty("stations").EnumerateArray().Any(s => s.GetProperty("id").GetString() == Gone && !s.GetProperty("registered").GetBoolean()));
    }

    public async Task DisposeAsync()
    {
        await Silo.DisposeAsync();
        await _regions.DisposeAsync();
    }

    public HttpClient Client(string? token = null, bool cookies = false)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = cookies }) { BaseAddress = Silo.AdminUrl };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        }

        return client;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await Operator.GetAsync($"/api/v1/{path}");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}\n{Silo.Output}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<(int Status, JsonElement Body)> PostAsync(string path, object? body, HttpClient? client = null)
    {
        using var answer = await (client ?? Operator).PostAsJsonAsync($"/api/v1/{path}", body);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Rows of a table in a region's store.</summary>
    public async Task<long> CountAsync(string region, string table, string where) => long.Parse(await _regions.QueryAsync($"SELECT count() FROM {region}.{table} WHERE {where}"));

    // Packets of the last 40 minutes, three entries that are no packets, all of it in both stores.
    private async Task<Guid> FillAsync(string station, int packets)
    {
        using var gateway = Silo.ConnectAs(station);
        await gateway.HelloAsync(station);
        var now = TimeProvider.System.GetUtcNow();
        var entries = Enumerable.Range(1, packets).Select(i => Packet(i, now.AddMinutes(i - packets))).ToList();
        entries.Add(Quarantined(packets + 1, now, "metric-not-finite", $$"""{"seq":900,"boot":1,"metrics":{"tank_level_pct":"71.5"} }"""));
        entries.Add(Quarantined(packets + 2, now, "seq-missing", """{"metrics":{"tank_level_pct":71.5}}"""));
        entries.Add(Quarantined(packets + 3, now, "unknown-property", """{"seq":901,"boot":1,"metrics":{"tank_level_pct":70}}"""));
        var receipt = await gateway.SendAsync(entries);
        Assert.Equal(2, receipt.CommittedRegions.Count);
        return gateway.Epoch;
    }

    private static Entry Packet(int seq, DateTimeOffset at) => new()
    {
        Offset = seq,
        Kind = EntryKind.Packet,
        Hub = "bore-01",
        Boot = 1,
        Seq = seq,
        ReceivedAtUs = at.ToUnixTimeMilliseconds() * 1000,
        Payload = ByteString.CopyFrom($$"""{"seq":{{seq}},"boot":1,"metrics":{"tank_level_pct":{{50 + seq}},"battery_v":12.5} }""", Encoding.UTF8),
    };

    private static Entry Quarantined(int offset, DateTimeOffset at, string code, string payload) => new()
    {
        Offset = offset,
        Kind = EntryKind.Quarantine,
        Hub = "bore-01",
        Topic = "stations/x/hubs/bore-01/packets",
        ReasonCode = code,
        Reason = $"It was no packet then ({code}).",
        ReceivedAtUs = at.ToUnixTimeMilliseconds() * 1000,
        Payload = ByteString.CopyFrom(payload, Encoding.UTF8),
    };
}
