using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using OutbackUptime.ClickHouse;
using OutbackUptime.Silo.Clustering;
using OutbackUptime.Silo.Hosting;
using OutbackUptime.Silo.Ingest;
using OutbackUptime.Silo.Registry;

namespace OutbackUptime.Silo.DryRun;

/// <summary>Checks all that a silo needs, says what a start would do, and changes nothing.</summary>
internal sealed class SiloDryRun(IConfiguration configuration, TextWriter output)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private bool _failed;

    /// <summary>Prints a line per check; 0 when all is well, else 1.</summary>
    public static async Task<int> RunAsync(IConfiguration configuration, TextWriter output)
    {
        var run = new SiloDryRun(configuration, output);
        await run.CheckAllAsync().ConfigureAwait(false);
        output.WriteLine(run._failed ? "\nThis silo would not start well. Nothing was changed." : "\nThis silo would start. Nothing was changed.");
        return run._failed ? 1 : 0;
    }

    private async Task CheckAllAsync()
    {
        await CheckAsync("silo", () => Task.FromResult(Silo())).ConfigureAwait(false);
        await CheckAsync("registry", () => Task.FromResult(Registry())).ConfigureAwait(false);
        await CheckAsync("uplink", () => Task.FromResult(Uplink())).ConfigureAwait(false);
        await CheckAsync("membership", MembershipAsync).ConfigureAwait(false);
        var stores = Options<StoreOptions>("Stores").Regions;
        if (stores.Count == 0)
        {
            await CheckAsync("stores", () => throw new ValidationException("Stores:Regions is empty: give each region a ConnectionString.")).ConfigureAwait(false);
        }

        foreach (var (region, store) in stores)
        {
            await CheckAsync($"store {region}", () => StoreAsync(store)).ConfigureAwait(false);
        }
    }

    private async Task CheckAsync(string what, Func<Task<string>> check)
    {
        try
        {
            output.WriteLine($"OK    {what,-12} {await check().ConfigureAwait(false)}");
        }
#pragma warning disable CA1031 // Whatever a check ends with is its finding.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failed = true;
            output.WriteLine($"FAIL  {what,-12} {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private string Silo()
    {
        var silo = Options<SiloHostOptions>("Silo");
        Require(new SiloHostOptionsValidator().Validate(null, silo));
        return $"{silo.Name} would join cluster '{silo.EffectiveClusterId}' ({silo.Topology}) as {silo.Address}:{silo.SiloPort}";
    }

    private string Registry()
    {
        var registry = RegistryFile.Load(Options<RegistryOptions>("Registry").Path);
        return $"{registry.Stations.Count()} stations, {registry.Stations.Sum(s => s.Hubs.Count)} hubs, regions {string.Join(", ", registry.Regions)}";
    }

    private string Uplink()
    {
        var uplink = Options<UplinkOptions>("Uplink");
        Require(new UplinkOptionsValidator().Validate(null, uplink));
        if (uplink.CertificatePath.Length == 0)
        {
            return $"plaintext on {uplink.Address}:{uplink.Port}: gateways could not prove which station they are";
        }

        using var certificate = X509Certificate2.CreateFromPemFile(uplink.CertificatePath, uplink.KeyPath);
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(uplink.CaPath);
        return certificate.NotAfter.ToUniversalTime() > TimeProvider.System.GetUtcNow().UtcDateTime
            ? $"TLS on {uplink.Address}:{uplink.Port}, {certificate.Subject} until {certificate.NotAfter:yyyy-MM-dd}, {roots.Count} CA"
            : throw new CryptographicException($"the certificate {uplink.CertificatePath} expired on {certificate.NotAfter:yyyy-MM-dd}");
    }

    private async Task<string> MembershipAsync()
    {
        var membership = Options<MembershipOptions>("Membership");
        Require(new MembershipOptionsValidator().Validate(null, membership));
        var table = MembershipTableClient.Create(membership);
        var cluster = Options<SiloHostOptions>("Silo").EffectiveClusterId;
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            var active = 0;
            await foreach (var row in table.QueryAsync<TableEntity>($"PartitionKey eq '{cluster}' and Status eq 'Active'", cancellationToken: limit.Token).ConfigureAwait(false))
            {
                active++;
            }

            return $"table {membership.TableName} names {active} active silos";
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return $"reached; table {membership.TableName} would be made";
        }
    }

    private static async Task<string> StoreAsync(RegionStoreOptions options)
    {
        var (version, missing) = await StoreCheck.InspectAsync(options, s_limit, CancellationToken.None).ConfigureAwait(false);
        return $"ClickHouse {version}; " + (missing.Count == 0 ? "schema is up to date" : $"would apply {string.Join(", ", missing.Select(m => m.Name))}");
    }

    private T Options<T>(string section)
        where T : new() => configuration.GetSection(section).Get<T>() ?? new T();

    private static void Require(ValidateOptionsResult result)
    {
        if (result.Failed)
        {
            throw new ValidationException(result.FailureMessage);
        }
    }
}
