using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using OutbackUptime.EdgeGateway.Broker;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Mqtt;
using OutbackUptime.EdgeGateway.Mqtt.Guard;
using OutbackUptime.EdgeGateway.Uplink;

namespace OutbackUptime.EdgeGateway.DryRun;

/// <summary>Checks all that a gateway needs, says what a start would do, and changes nothing.</summary>
internal sealed class GatewayDryRun(IConfiguration configuration, TextWriter output)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(3);
    private bool _failed;

    /// <summary>Prints a line per check; 0 when all is well, else 1.</summary>
    public static async Task<int> RunAsync(IConfiguration configuration, TextWriter output)
    {
        var run = new GatewayDryRun(configuration, output);
        await run.CheckAllAsync().ConfigureAwait(false);
        output.WriteLine(run._failed ? "\nThis gateway would not start well. Nothing was changed." : "\nThis gateway would start. Nothing was changed.");
        return run._failed ? 1 : 0;
    }

    private async Task CheckAllAsync()
    {
        var gateway = configuration.GetSection("Gateway").Get<GatewayOptions>() ?? new GatewayOptions();
        var mqtt = configuration.GetSection("Mqtt").Get<MqttOptions>() ?? new MqttOptions();
        var uplink = configuration.GetSection("Uplink").Get<UplinkOptions>() ?? new UplinkOptions();
        Check("gateway", () => Gateway(gateway, uplink));
        Check("journal", () => Journal(gateway));
        var broker = configuration.GetSection("Broker").Get<BrokerOptions>() ?? new BrokerOptions();
        if (broker.Enabled || broker.Only)
        {
            Check("broker", () => Broker(broker, gateway.Station));
        }

        if (!broker.Only)
        {
            Check("mqtt", () => Mqtt(mqtt));
            Check("hubs", () => $"{HubCredentials.Load(mqtt.HubsFile).Count} hubs and watchers may connect");
        }

        Check("uplink", () => Uplink(uplink));
        foreach (var (region, settings) in uplink.Regions)
        {
            foreach (var endpoint in settings.Endpoints)
            {
                await CheckEndpointAsync(region, endpoint).ConfigureAwait(false);
            }
        }
    }

    private void Check(string what, Func<string> check)
    {
        try
        {
            output.WriteLine($"OK    {what,-9} {check()}");
        }
#pragma warning disable CA1031 // Whatever a check ends with is its finding.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failed = true;
            output.WriteLine($"FAIL  {what,-9} {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>A region that can't be reached does not stop a gateway: it journals. So it is a warning.</summary>
    private async Task CheckEndpointAsync(string region, string endpoint)
    {
        try
        {
            var uri = new Uri(endpoint);
            using var limit = new CancellationTokenSource(s_limit);
            using var client = new TcpClient();
            await client.ConnectAsync(uri.Host, uri.Port, limit.Token).ConfigureAwait(false);
            output.WriteLine($"OK    {"region",-9} {region}: {endpoint} can be reached");
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or UriFormatException)
        {
            output.WriteLine($"WARN  {"region",-9} {region}: {endpoint} can't be reached now ({e.Message}); packets would wait in the journal");
        }
    }

    private static string Gateway(GatewayOptions gateway, UplinkOptions uplink)
    {
        Require(new GatewayOptionsValidator().Validate(null, gateway));
        return uplink.Regions.ContainsKey(gateway.HomeRegion)
            ? $"station {gateway.Station}, home region {gateway.HomeRegion}"
            : throw new ValidationException($"Gateway:HomeRegion is '{gateway.HomeRegion}', which is not among Uplink:Regions ({string.Join(", ", uplink.Regions.Keys)}).");
    }

    private static string Journal(GatewayOptions gateway)
    {
        var path = SqliteJournal.PathOf(gateway);
        if (!File.Exists(path))
        {
            return $"{path} would be made";
        }

        return JournalInspection.Describe(path, gateway.Station);
    }

    private string Mqtt(MqttOptions mqtt)
    {
        Require(new MqttOptionsValidator().Validate(null, mqtt));
        Require(new MqttRules().Validate(null, mqtt));
        var guard = configuration.GetSection("Mqtt:Guard").Get<GuardOptions>() ?? new GuardOptions();
        Require(new GuardOptionsValidator().Validate(null, guard));
        Require(new GuardRules().Validate(null, guard));
        return mqtt.Plaintext ? $"plaintext on {mqtt.Address}:{mqtt.Port}" : $"TLS on {mqtt.Address}:{mqtt.Port}, {Certificate(mqtt.CertificatePath, mqtt.KeyPath)}";
    }

    private static string Broker(BrokerOptions broker, string station)
    {
        Require(new BrokerOptionsValidator().Validate(null, broker));
        Require(new BrokerRules().Validate(null, broker));
        return $"session {BrokerClientOptions.Create(broker, station).ClientId} at {broker.Host}:{broker.Port}{(broker.Only ? "; the gateway's own door stays shut" : "")}";
    }

    private static string Uplink(UplinkOptions uplink)
    {
        Require(new UplinkOptionsValidator().Validate(null, uplink));
        Require(new UplinkRules().Validate(null, uplink));
        return uplink.CertificatePath.Length == 0 ? "plaintext" : Certificate(uplink.CertificatePath, uplink.KeyPath);
    }

    private static string Certificate(string certificatePath, string keyPath)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
        return certificate.NotAfter.ToUniversalTime() > TimeProvider.System.GetUtcNow().UtcDateTime
            ? $"{certificate.Subject} until {certificate.NotAfter:yyyy-MM-dd}"
            : throw new CryptographicException($"the certificate {certificatePath} expired on {certificate.NotAfter:yyyy-MM-dd}");
    }

    private static void Require(ValidateOptionsResult result)
    {
        if (result.Failed)
        {
            throw new ValidationException(result.FailureMessage);
        }
    }
}
