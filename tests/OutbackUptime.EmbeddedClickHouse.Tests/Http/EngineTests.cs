using System.Net;
using System.Text;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EmbeddedClickHouse.Tests.Http;

[Trait("Suite", "Slow")]
public sealed class EngineTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private ClickHouseServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ClickHouseServer.StartAsync();
        await _server.QueryAsync("CREATE DATABASE d ENGINE = Atomic");
        await _server.QueryAsync("CREATE TABLE d.t (id UInt32, body String) ENGINE = MergeTree ORDER BY id");
        await _server.QueryAsync("CREATE TABLE d.victim (id UInt32) ENGINE = MergeTree ORDER BY id");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task NpmClickHouseClient_WorksUnchanged()
    {
        await using var client = await NodeClient.StartAsync("roundtrip.mjs", _server.Url.ToString());

        var read = await client.WaitForLineAsync(l => l.StartsWith("READ ", StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        Assert.Equal("""READ [{"text":"1","name":"bore's \"01\""},{"text":"18446744073709551615","name":"trough\n07"}]""", read);

        // UNKNOWN_TABLE, as the client reads it off the answer.
        await client.WaitForLineAsync(l => l == "ERROR 60", TimeSpan.FromSeconds(30));
    }

    /// <summary>Given as one text, data with a blank line is cut there, and what follows runs as SQL.</summary>
    [Fact]
    public async Task Inserts_OfHostileBytes_ArriveWhole()
    {
        const int Seed = 20261123;
        var random = new Random(Seed);
        byte[][] bait = ["\n\nDROP TABLE d.victim;"u8.ToArray(), "\n\n"u8.ToArray(), [0x0A, 0x0A, 0x00], "'; DROP TABLE d.victim --"u8.ToArray()];
        var sent = new Dictionary<uint, string>();
        for (var insert = 0; insert < 200; insert++)
        {
            using var body = new MemoryStream();
            body.Write("INSERT INTO d.t (id, body) FORMAT RowBinary\n"u8);
            for (var row = 0; row < 5; row++)
            {
                var id = (uint)((insert * 5) + row);
                var noise = new byte[random.Next(40)];
                random.NextBytes(noise);
                byte[] text = [.. noise, .. bait[random.Next(bait.Length)], .. noise];
                body.Write(BitConverter.GetBytes(id));
                body.WriteByte((byte)text.Length);
                body.Write(text);
                sent[id] = Convert.ToHexString(text);
            }

            using var response = await _http.PostAsync(_server.Url, new ByteArrayContent(body.ToArray()));
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        }

        var got = (await _server.QueryAsync("SELECT id, hex(body) FROM d.t")).Split('\n').Select(l => l.Split('\t')).ToDictionary(l => uint.Parse(l[0]), l => l[1]);
        Assert.Equal(sent.OrderBy(s => s.Key), got.OrderBy(g => g.Key));
        Assert.Equal("0", await _server.QueryAsync("SELECT count() FROM d.victim"));
    }

    [Fact]
    public async Task ABadInsert_LeavesTheConnectionsUsable()
    {
        for (var i = 0; i < 20; i++)
        {
            using var response = await _http.PostAsync(_server.Url, new StringContent("INSERT INTO d.t FORMAT JSONEachRow\n{\"id\":\"no number\"}"));
            Assert.False(response.IsSuccessStatusCode);
            Assert.StartsWith("Code: ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("0", await _server.QueryAsync("SELECT count() FROM d.t"));
    }

    [Fact]
    public async Task Settings_LastForOneStatement()
    {
        using var limited = await _http.PostAsync(new Uri(_server.Url, "?max_result_rows=1"), new StringContent("SELECT * FROM numbers(10)"));

        Assert.False(limited.IsSuccessStatusCode);
        Assert.Equal("10", await _server.QueryAsync("SELECT count() FROM numbers(10)"));
        for (var i = 0; i < 16; i++)
        {
            Assert.Equal(10, (await _server.QueryAsync("SELECT * FROM numbers(10)")).Split('\n').Length);
        }
    }

    [Fact]
    public async Task Errors_CarryCodeAndStatus()
    {
        using var response = await _http.PostAsync(_server.Url, new StringContent("SELECT * FROM d.nothing"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("60", response.Headers.GetValues("X-ClickHouse-Exception-Code").Single());
    }

    [Fact]
    public async Task Get_OnlyReads()
    {
        using var drop = await _http.GetAsync(new Uri(_server.Url, "?query=DROP+TABLE+d.victim"));

        Assert.Contains("readonly", await drop.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("1\n", await _http.GetStringAsync(new Uri(_server.Url, "?query=SELECT+1")));
        Assert.Equal("Ok.\n", await _http.GetStringAsync(new Uri(_server.Url, "ping")));
    }

    [Fact]
    public async Task Parameters_AreValues_NotSql()
    {
        using var response = await _http.PostAsync(new Uri(_server.Url, "?param_x=" + Uri.EscapeDataString("a'; DROP TABLE d.victim")), new StringContent("SELECT {x:String}"));

        Assert.Equal("a\\'; DROP TABLE d.victim\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Curl_AndGzip_Work()
    {
        await using var curl = ChildProcess.Start("curl", ["-s", "--compressed", $"{_server.Url}?enable_http_compression=1", "-d", "SELECT repeat('x', 5000)"]);

        Assert.Equal(0, await curl.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(5000, curl.Output.Trim().Length);
    }

    [Fact]
    public async Task Kill_KeepsWhatWasAnswered()
    {
        await _server.QueryAsync("INSERT INTO d.t VALUES (1, 'kept')");

        await _server.KillAsync();
        await _server.StartProcessAsync();

        Assert.Equal("kept", await _server.QueryAsync("SELECT body FROM d.t"));
    }

    [Fact]
    public async Task ASecondProcessOnTheSameData_SaysSo()
    {
        await using var second = ChildProcess.StartProject("OutbackUptime.EmbeddedClickHouse", ["--data", _server.DataFolder, "--port", "0"]);

        Assert.Equal(1, await second.WaitForExitAsync(TimeSpan.FromSeconds(60)));
        await second.WaitForLineAsync(l => l.Contains("is another process using it?", StringComparison.Ordinal), TimeSpan.FromSeconds(5));
    }
}
