using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using MQTTnet.Formatter;
using OutbackUptime.Demo.Hubs;

namespace OutbackUptime.Console.Tests.Browser;

/// <summary>A hub whose tank is all but dry, and which had no radio for most of an hour: it sends what it kept, each packet with its own time, and one that is none.</summary>
internal static class DryTank
{
    private const int Kept = 100;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(30);

    /// <summary>Publishes them all; each is acknowledged, so in the gateway's journal.</summary>
    public static async Task PublishAsync(GatewayTarget gateway, HubTarget hub, TimeProvider time, CancellationToken cancellationToken)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(gateway.CaFile!);
        await using var radio = new HubConnection(gateway, hub, authority, MqttProtocolVersion.V500, TimeSpan.FromSeconds(20));
        await radio.ConnectAsync(cancellationToken);
        var from = time.GetUtcNow() - (Kept * s_interval);
        for (var seq = 0; seq <= Kept; seq++)
        {
            var payload = JsonSerializer.Serialize(new
            {
                boot = 1,
                seq,
                ts = (from + (seq * s_interval)).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
                metrics = new { tank_level_pct = 2.5 - (0.01 * seq), trough_flow_lpm = 4, pump_current_a = 0, battery_v = 12.8 },
            });
            Assert.True(await radio.PublishAsync(Encoding.UTF8.GetBytes(payload), cancellationToken) < 0x80, payload);
        }

        // Not a number: journaled all the same, as quarantine.
        var bad = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { boot = 1, seq = Kept + 1, metrics = new { tank_level_pct = "low" } }));
        Assert.Equal(0x99, await radio.PublishAsync(bad, cancellationToken));
        await radio.DisconnectAsync(cancellationToken);
    }
}
