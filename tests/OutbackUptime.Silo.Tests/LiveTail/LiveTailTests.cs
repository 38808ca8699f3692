using System.Net;
using System.Text.Json;
using OutbackUptime.Silo.Tests.Hosting;

namespace OutbackUptime.Silo.Tests.LiveTail;

[Collection(RegionsCollection.Name)]
public sealed class LiveTailTests(RegionsFixture fixture)
{
    private readonly string _cluster = $"c{Guid.NewGuid():N}";

    [Fact]
    public async Task AWatcher_SeesTheLatestPacketOfAHub()
    {
        await using var silo = new SiloProcess(fixture, _cluster, "syd", fixture.Registry(_cluster, "kidman-springs"));
        await silo.WaitReadyAsync();
        using var gateway = silo.ConnectAs("kidman-springs");
        await gateway.HelloAsync("kidman-springs");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        // Headers come with the first event: packets go on until the watcher has seen one.
        var watching = FirstEventAsync(silo.Admin, limit.Token);
        for (var seq = 1L; !watching.IsCompleted; seq++)
        {
            await gateway.SendAsync("bore-01", seq);
            await Task.WhenAny(watching, Task.Delay(100, limit.Token));
        }

        var tail = await watching;
        Assert.Equal("kidman-springs", tail.GetProperty("station").GetString());
        Assert.Equal("syd", tail.GetProperty("region").GetString());
        Assert.Equal("bore-01", tail.GetProperty("latest")[0].GetProperty("hub").GetString());
    }

    [Fact]
    public async Task AnUnknownStation_IsNotFound()
    {
        await using var silo = new SiloProcess(fixture, _cluster, "syd", fixture.Registry(_cluster, "kidman-springs"));
        await silo.WaitReadyAsync();

        using var answer = await silo.Admin.GetAsync("/live/nowhere");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<JsonElement> FirstEventAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(await http.GetStreamAsync("/live/kidman-springs", cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                return JsonDocument.Parse(line["data:".Length..]).RootElement;
            }
        }

        throw new InvalidOperationException("The stream ended without an event.");
    }
}
