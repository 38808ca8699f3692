using System.Security.Cryptography;

namespace OutbackUptime.Bench.Servers;

/// <summary>Starts a silo as the demo does, its uplink in plaintext on loopback.</summary>
internal static class SiloServer
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);
    private static readonly string s_token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Starts it; returns when it is ready.</summary>
    /// <param name="silo">Who it is, and where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ServerProcess> StartAsync(SiloPlace silo, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>
        {
            ["Silo__Region"] = silo.Region,
            ["Silo__Name"] = $"{silo.Region}-1",
            ["Silo__Address"] = "127.0.0.1",
            ["Silo__SiloPort"] = $"{silo.SiloPort}",
            // The emulator's well-known account and key: no secret.
            ["Membership__ConnectionString"] = $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;TableEndpoint=http://127.0.0.1:{silo.WitnessPort}/devstoreaccount1;",
            ["Registry__Path"] = silo.Registry,
            ["Uplink__Address"] = "127.0.0.1",
            ["Uplink__Port"] = $"{silo.UplinkPort}",
            ["Admin__Address"] = "127.0.0.1",
            ["Admin__Port"] = $"{silo.AdminPort}",
            ["SignIn__OperatorToken"] = s_token,
            ["SignIn__ViewerToken"] = s_token[32..] + s_token[..32],
            ["SignIn__KeysFolder"] = silo.KeysFolder,
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_DbgEnableMiniDump"] = "0",
        };
        foreach (var (region, port) in silo.StorePorts)
        {
            environment[$"Stores__Regions__{region}__ConnectionString"] = $"Host=127.0.0.1;Port={port};Database=outback";
        }

        var server = await ServerProcess.StartAsync("dotnet", [BuiltProgram.PathOf("OutbackUptime.Silo")], environment, null, cancellationToken).ConfigureAwait(false);
        try
        {
            await WaitReadyAsync(server, new Uri($"http://127.0.0.1:{silo.AdminPort}/healthz/ready"), cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task WaitReadyAsync(ServerProcess server, Uri health, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var limit = new CancellationTokenSource(s_limit);
        while (!await IsOkAsync(http, health, cancellationToken).ConfigureAwait(false))
        {
            if (limit.IsCancellationRequested || server.HasEnded)
            {
                throw new BenchException($"The silo was not ready within {s_limit.TotalSeconds:0} s, or ended:\n{server.Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsOkAsync(HttpClient http, Uri health, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(health, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
