using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OutbackUptime.ClickHouse;
using OutbackUptime.Deploy.Tests.Rendering;
using OutbackUptime.EdgeGateway;
using OutbackUptime.EdgeGateway.Broker;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Mqtt;
using OutbackUptime.EdgeGateway.Mqtt.Guard;
using OutbackUptime.EdgeGateway.Telemetry;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Grains.Watch;
using OutbackUptime.Silo.Alerting;
using OutbackUptime.Silo.Api;
using OutbackUptime.Silo.Clustering;
using OutbackUptime.Silo.GiveBack;
using OutbackUptime.Silo.Hosting;
using OutbackUptime.Silo.Ledger;
using OutbackUptime.Silo.LiveTail;
using OutbackUptime.Silo.Registry;
using OutbackUptime.Silo.SignIn;

namespace OutbackUptime.Deploy.Tests.Overlays;

/// <summary>Every environment variable with `__` is a property of the program's options, with a value that it takes.</summary>
public sealed class SettingsTests
{
    /// <summary>Sections as the silo binds them; null: read by name (Telemetry:JsonLogs).</summary>
    private static readonly Dictionary<string, Type?> s_silo = new()
    {
        ["Silo"] = typeof(SiloHostOptions),
        ["Membership"] = typeof(MembershipOptions),
        ["Registry"] = typeof(RegistryOptions),
        ["Uplink"] = typeof(Silo.Ingest.UplinkOptions),
        ["Admin"] = typeof(Silo.Admin.AdminOptions),
        ["SignIn"] = typeof(SignInOptions),
        ["Stores"] = typeof(StoreOptions),
        ["GiveBack"] = typeof(GiveBackOptions),
        ["Stations"] = typeof(StationOptions),
        ["Watch"] = typeof(WatchOptions),
        ["Alerting"] = typeof(AlertingOptions),
        ["Api"] = typeof(ApiOptions),
        ["LiveTail"] = typeof(LiveTailOptions),
        ["Ledger"] = typeof(LedgerOptions),
        ["Telemetry"] = null,
    };

    private static readonly Dictionary<string, Type?> s_gateway = new()
    {
        ["Gateway"] = typeof(GatewayOptions),
        ["Journal"] = typeof(JournalOptions),
        ["Mqtt"] = typeof(MqttOptions),
        ["Uplink"] = typeof(EdgeGateway.Uplink.UplinkOptions),
        ["Broker"] = typeof(BrokerOptions),
        ["Admin"] = typeof(EdgeGateway.Admin.AdminOptions),
        ["Telemetry"] = typeof(TelemetryOptions),
    };

    public static TheoryData<string> Regional => [.. Overlay.Regional, .. Overlay.Alternatives];

    public static TheoryData<string> Edge => [.. Overlay.All.Except(Overlay.Regional)];

    [ToolTheory("kubectl")]
    [MemberData(nameof(Regional))]
    public async Task Silo_TakesItsSettings(string path)
    {
        var settings = SettingsOf(Workload.Named(await new Overlay(path).RenderAsync(), "silo"));

        BindAll(settings, s_silo);

        var silo = settings.GetSection("Silo").Get<SiloHostOptions>()!;
        Assert.True(new SiloHostOptionsValidator().Validate(null, silo) is { Succeeded: true }, $"{silo.Name} {silo.Address}");
        Assert.True(new MembershipOptionsValidator().Validate(null, settings.GetSection("Membership").Get<MembershipOptions>()!).Succeeded);
        Assert.True(new SignInOptionsValidator().Validate(null, settings.GetSection("SignIn").Get<SignInOptions>()!).Succeeded);
        Assert.Equal(["mel", "syd"], settings.GetSection("Stores").Get<StoreOptions>()!.Regions.Keys.Order());
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Edge))]
    public async Task Gateway_TakesItsSettings(string path)
    {
        var settings = SettingsOf(Workload.Named(await new Overlay(path).RenderAsync(), "edge-gateway"));

        BindAll(settings, s_gateway);

        var uplink = settings.GetSection("Uplink").Get<EdgeGateway.Uplink.UplinkOptions>()!;
        var gateway = settings.GetSection("Gateway").Get<GatewayOptions>()!;
        Assert.True(new GatewayOptionsValidator().Validate(null, gateway).Succeeded);
        Assert.True(new JournalOptionsValidator().Validate(null, settings.GetSection("Journal").Get<JournalOptions>()!).Succeeded);
        Assert.Equal([], new EdgeGateway.Uplink.UplinkRules().Validate(null, uplink).Failures ?? []);
        Assert.Equal([], new BrokerRules().Validate(null, settings.GetSection("Broker").Get<BrokerOptions>() ?? new BrokerOptions()).Failures ?? []);
        Assert.Equal(["mel", "syd"], uplink.Regions.Keys.Order());
        Assert.Contains(gateway.HomeRegion, uplink.Regions.Keys);
    }

    [Fact]
    public void Binding_WhenAnOptionIsRenamed_Fails()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Silo:Regoin", "syd")]).Build();

        Assert.Throws<InvalidOperationException>(() => BindAll(settings, s_silo));
    }

    /// <summary>The guard's own section lies within the front door's.</summary>
    private static void BindAll(IConfigurationRoot settings, Dictionary<string, Type?> sections)
    {
        var known = settings.GetChildren().ToList();
        Assert.All(known, s => Assert.True(sections.ContainsKey(s.Key), $"no section {s.Key}"));
        foreach (var section in known.Where(s => sections[s.Key] is not null))
        {
            var type = sections[section.Key]!;
            if (section.GetSection("Guard") is var guard && type == typeof(MqttOptions) && guard.Exists())
            {
                guard.Get<GuardOptions>(o => o.ErrorOnUnknownConfiguration = true);
            }

            section.Get(type, o => o.ErrorOnUnknownConfiguration = true);
        }
    }

    /// <summary>Throws where a setting is none of the silo's.</summary>
    internal static void BindSilo(IReadOnlyDictionary<string, string?> environment) => BindAll(SettingsOf(environment), s_silo);

    /// <summary>Throws where a setting is none of the gateway's.</summary>
    internal static void BindGateway(IReadOnlyDictionary<string, string?> environment) => BindAll(SettingsOf(environment), s_gateway);

    private static IConfigurationRoot SettingsOf(Workload workload) => SettingsOf(workload.Environment);

    private static IConfigurationRoot SettingsOf(IReadOnlyDictionary<string, string?> environment)
    {
        Dictionary<string, string> known = new() { ["POD_NAME"] = "silo-7d9c5-abcde", ["POD_IP"] = "10.1.2.3" };
        return new ConfigurationBuilder().AddInMemoryCollection(environment.Where(e => e.Key.Contains("__", StringComparison.Ordinal)).Select(e =>
        {
            // A secret's value is not known here; 32 characters suit a token, and any string a connection.
            var value = known.Aggregate(e.Value ?? new string('s', 32), (v, k) => v.Replace($"$({k.Key})", k.Value, StringComparison.Ordinal));
            return new KeyValuePair<string, string?>(e.Key.Replace("__", ":", StringComparison.Ordinal), value);
        })).Build();
    }
}
