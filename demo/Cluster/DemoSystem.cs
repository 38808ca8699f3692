using System.Net;
using System.Text.Json;
using OutbackUptime.Demo.Certificates;
using OutbackUptime.Demo.Hubs;
using OutbackUptime.Demo.Processes;
using OutbackUptime.Demo.Prometheus;

namespace OutbackUptime.Demo.Cluster;

/// <summary>The whole system on one machine, as real processes.</summary>
internal sealed class DemoSystem : IAsyncDisposable
{
    /// <summary>A hub for people: in every gateway's credentials, not simulated.</summary>
    public const string GuestHub = "yours";

    public static readonly string[] Regions = ["syd", "mel"];

    private readonly DemoOptions _options;
    private readonly TimeProvider _time;
    private readonly Launcher _launcher = new();
    private readonly PortBook _ports;
    private readonly DevAuthority _authority;
    private readonly Secrets _secrets;
    private readonly Dictionary<(string Station, string Silo), LinkRelay> _relays = [];
    private readonly SystemNeeds _needs;
    private readonly string? _azurite;
    private Child? _witness;

    public DemoSystem(DemoOptions options, RegionNetwork network, SystemNeeds needs, string? azurite, TimeProvider time)
    {
        (_options, Network, _needs, _azurite, _time) = (options, network, needs, azurite, time);
        Folder = new DemoFolder(options.Data);
        Run = Folder.NextRun();
        _ports = new PortBook(Folder.File("ports.json"));
        _authority = DevAuthority.Open(Folder.Certificates, time);
        _secrets = new Secrets(Folder.File("secrets.json"));
        Stations = StationCatalog.Take(options.Stations);
        foreach (var region in Regions)
        {
            if (ExternalStore(region) is null)
            {
                Stores[region] = Make(StoreSpec(region));
            }

            for (var i = 1; i <= options.SilosPerRegion; i++)
            {
                Silos[$"{region}-{i}"] = Make(SiloSpec(region, $"{region}-{i}"));
            }
        }

        if (azurite is not null)
        {
            _witness = Make(WitnessSpec());
        }

        WriteRegistry();
        foreach (var station in needs.Gateways ? Stations : [])
        {
            Gateways[station.Id] = Make(GatewaySpec(station));
        }

        _secrets.Save();
        HubProcess = Make(HubsSpec());
        PrometheusFiles.Write(this);
        Prometheus = options.Prometheus ? Make(PrometheusSpec()) : null;
    }

    public RegionNetwork Network { get; }

    /// <summary>Whether one Orleans cluster spans both regions.</summary>
    public bool IsStretched => _options.Topology == "stretched";

    public DemoFolder Folder { get; }

    /// <summary>Which run on this folder this is, from 1.</summary>
    public int Run { get; }

    public IReadOnlyList<DemoStation> Stations { get; }

    public Dictionary<string, Child> Stores { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Child> Silos { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Child> Gateways { get; } = new(StringComparer.Ordinal);

    public Child HubProcess { get; }

    /// <summary>The membership table's process, where it is this machine's own.</summary>
    public Child? Witness => _witness;

    /// <summary>This machine's Prometheus, where it was asked for.</summary>
    public Child? Prometheus { get; }

    public string PrometheusUrl => $"http://127.0.0.1:{Port("prometheus")}";

    /// <summary>Gateways' own disks by station; empty unless a drill needs them and this machine can mount them.</summary>
    public Dictionary<string, StationDisk> Disks { get; } = new(StringComparer.Ordinal);

    public StatusClient Status { get; } = new();

    public string CaPath => _authority.CaPath;

    public string StoreUrl(string region) => ExternalStore(region) is { } external ? UrlOf(external) : $"http://{Network.AddressOf(region)}:{Port($"store-{region}")}/";

    public string SiloUrl(string silo) => $"http://{Network.AddressOf(RegionOf(silo))}:{Port($"{silo}-admin")}";

    /// <summary>Where a silo takes gateways.</summary>
    public string UplinkUrl(string silo) => $"https://{Network.AddressOf(RegionOf(silo))}:{Port($"{silo}-uplink")}";

    /// <summary>A station's certificate, made if need be.</summary>
    public CertificateFiles ClientCertificate(string station) => _authority.Client($"gateway-{station}", $"spiffe://outback-uptime/station/{station}");

    public string GatewayUrl(string station) => $"http://127.0.0.1:{Port($"gateway-{station}-admin")}";

    public int MqttPort(string station) => Port($"gateway-{station}-mqtt");

    public string GuestSecret(string station) => _secrets.Of(station, GuestHub);

    /// <summary>Opens the console for operators; made on the spot.</summary>
    public string OperatorToken => _secrets.Token("operator");

    /// <summary>Opens the console for viewers.</summary>
    public string ViewerToken => _secrets.Token("viewer");

    public string JournalPath(string station) => Path.Combine(DataOf(station), "journal.db");

    public IEnumerable<string> RecordFiles => Directory.GetFiles(Folder.Records, "*.tsv").Order(StringComparer.Ordinal);

    public static string RegionOf(string silo) => silo.Split('-')[0];

    /// <summary>The silos of a region.</summary>
    public IEnumerable<Child> SilosOf(string region) => Silos.Where(s => RegionOf(s.Key) == region).Select(s => s.Value);

    /// <summary>Starts all but the hubs, side by side, and waits until each is ready.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var station in _needs.DiskMegabytes is null ? [] : Stations)
        {
            if (await StationDisk.TryCreateAsync(DataOf(station.Id), _needs.DiskMegabytes!.Value).ConfigureAwait(false) is { } disk)
            {
                Disks[station.Id] = disk;
            }
        }

        // Gateways would do without silos, but would first look for them in vain.
        await StartRegionsAsync(Silos.Values, cancellationToken).ConfigureAwait(false);
        await StartAsync([.. Gateways.Values, .. Prometheus is null ? [] : new[] { Prometheus }], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts stores, witness and these silos, side by side, and waits until each is ready. Silos wait by themselves for stores and witness.</summary>
    public Task StartRegionsAsync(IEnumerable<Child> silos, CancellationToken cancellationToken) =>
        StartAsync([.. Stores.Values, .. _witness is null ? [] : new[] { _witness }, .. silos], cancellationToken);

    private static async Task StartAsync(Child[] children, CancellationToken cancellationToken)
    {
        await Task.WhenAll(children.Select(c => c.StartAsync())).ConfigureAwait(false);
        await Task.WhenAll(children.Select(c => c.WaitReadyAsync(TimeSpan.FromSeconds(120), cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>Cuts a station's gateway off from both regions, or connects it again.</summary>
    public void CutLinks(string station, bool cut) => CutLinks((s, _) => s == station, cut);

    /// <summary>Cuts those links of (station, silo), or mends them.</summary>
    public void CutLinks(Func<string, string, bool> which, bool cut)
    {
        foreach (var (_, relay) in _relays.Where(r => which(r.Key.Station, r.Key.Silo)))
        {
            if (cut)
            {
                relay.Cut();
            }
            else
            {
                relay.Mend();
            }
        }
    }

    /// <summary>Makes a station's links to one region swallow what its gateway sends while they say "connected", or mends them.</summary>
    public void WedgeLinks(string station, string region, bool wedge)
    {
        foreach (var (_, relay) in _relays.Where(r => r.Key.Station == station && RegionOf(r.Key.Silo) == region))
        {
            if (wedge)
            {
                relay.SwallowUp();
            }
            else
            {
                relay.Mend();
            }
        }
    }

    /// <summary>All gateways' pages; null where one does not answer.</summary>
    public async Task<Dictionary<string, GatewayPage?>> GatewayPagesAsync(CancellationToken cancellationToken)
    {
        var pages = await Task.WhenAll(Stations.Select(async s => (s.Id, Page: await Status.GetAsync<GatewayPage>($"{GatewayUrl(s.Id)}/status", cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        return pages.ToDictionary(p => p.Id, p => p.Page, StringComparer.Ordinal);
    }

    /// <summary>All silos' pages; null where one does not answer.</summary>
    public async Task<Dictionary<string, SiloPage?>> SiloPagesAsync(CancellationToken cancellationToken)
    {
        var pages = await Task.WhenAll(Silos.Keys.Select(async s => (Silo: s, Page: await Status.GetAsync<SiloPage>($"{SiloUrl(s)}/status", cancellationToken, ViewerToken).ConfigureAwait(false)))).ConfigureAwait(false);
        return pages.ToDictionary(p => p.Silo, p => p.Page, StringComparer.Ordinal);
    }

    /// <summary>Stops what runs, hubs first, stores last.</summary>
    public async Task StopAsync()
    {
        var limit = TimeSpan.FromSeconds(20);
        await HubProcess.StopAsync(limit).ConfigureAwait(false);
        await (Prometheus?.StopAsync(limit) ?? Task.CompletedTask).ConfigureAwait(false);
        await Task.WhenAll(Gateways.Values.Select(c => c.StopAsync(limit))).ConfigureAwait(false);
        await Task.WhenAll(Silos.Values.Select(c => c.StopAsync(limit))).ConfigureAwait(false);
        await Task.WhenAll(Stores.Values.Append(_witness).OfType<Child>().Select(c => c.StopAsync(limit))).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in Gateways.Values.Concat(Silos.Values).Concat(Stores.Values).Append(HubProcess).Append(Prometheus).Append(_witness).OfType<Child>())
        {
            await child.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var relay in _relays.Values)
        {
            await relay.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var disk in Disks.Values)
        {
            await disk.DisposeAsync().ConfigureAwait(false);
        }

        await Network.DisposeAsync().ConfigureAwait(false);
        Status.Dispose();
        _launcher.Dispose();
        _ports.Dispose();
    }

    private static string? ExternalStore(string region) =>
        Environment.GetEnvironmentVariable($"OUTBACK_CLICKHOUSE_{region.ToUpperInvariant()}") is { Length: > 0 } connection ? connection : null;

    private static string UrlOf(string connectionString)
    {
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Where(p => p.Length == 2)
            .ToDictionary(p => p[0].Trim(), p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var user = parts.TryGetValue("Username", out var name) ? $"{Uri.EscapeDataString(name)}:{Uri.EscapeDataString(parts.GetValueOrDefault("Password", ""))}@" : "";
        return $"{parts.GetValueOrDefault("Protocol", "http")}://{user}{parts.GetValueOrDefault("Host", "localhost")}:{parts.GetValueOrDefault("Port", "8123")}/";
    }

    private int Port(string name) => _ports[name];

    private Child Make(ChildSpec spec) => new(spec, _launcher, Folder.Logs, _time);

    private ChildSpec StoreSpec(string region) => new(
        $"store-{region}",
        "dotnet",
        [Assemblies.PathOf("OutbackUptime.EmbeddedClickHouse"), "--data", Folder.Store(region), "--port", $"{Port($"store-{region}")}", "--address", Network.AddressOf(region)],
        new Dictionary<string, string>(),
        token => Status.IsOkAsync($"{StoreUrl(region)}ping", token))
    {
        Prefix = Network.PrefixOf(region),
    };

    private ChildSpec PrometheusSpec() => new(
        "prometheus",
        "prometheus",
        [
            $"--config.file={Folder.File(PrometheusFiles.Configuration)}", $"--storage.tsdb.path={Folder.File("prometheus/data")}",
            $"--web.listen-address=127.0.0.1:{Port("prometheus")}", "--storage.tsdb.retention.time=1d", "--log.level=warn",
        ],
        new Dictionary<string, string>(),
        token => Status.IsOkAsync($"{PrometheusUrl}/-/ready", token));

    private ChildSpec WitnessSpec() => new(
        "witness",
        "node",
        [_azurite!, "--location", Folder.File("witness"), "--skipApiVersionCheck", "--disableTelemetry", "--silent", "--tableHost", Network.WitnessAddress, "--tablePort", $"{Port("witness")}"],
        new Dictionary<string, string>(),
        async token =>
        {
            using var socket = new System.Net.Sockets.TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Parse(Network.WitnessAddress), Port("witness"), token).ConfigureAwait(false);
                return true;
            }
            catch (System.Net.Sockets.SocketException)
            {
                return false;
            }
        });

    private ChildSpec SiloSpec(string region, string name)
    {
        var address = Network.AddressOf(region);
        var certificate = _authority.Server($"silo-{region}", $"spiffe://outback-uptime/region/{region}", ["localhost", "127.0.0.1", "10.203.1.2", "10.203.2.2"]);
        var environment = new Dictionary<string, string>
        {
            ["Silo__Region"] = region,
            ["Silo__Name"] = name,
            ["Silo__Topology"] = _options.Topology,
            ["Silo__Address"] = address,
            ["Silo__SiloPort"] = $"{Port($"{name}-silo")}",
            ["Membership__ConnectionString"] = MembershipConnection(),
            ["Registry__Path"] = RegistryPath,
            ["Uplink__Address"] = address,
            ["Uplink__Port"] = $"{Port($"{name}-uplink")}",
            ["Uplink__CertificatePath"] = certificate.Certificate,
            ["Uplink__KeyPath"] = certificate.Key,
            ["Uplink__CaPath"] = CaPath,
            ["Admin__Address"] = address,
            ["Admin__Port"] = $"{Port($"{name}-admin")}",
            ["SignIn__OperatorToken"] = OperatorToken,
            ["SignIn__ViewerToken"] = ViewerToken,
            // One folder for all silos: who is signed in at one is signed in at the other.
            ["SignIn__KeysFolder"] = Folder.File("console-keys"),
            ["SignIn__LocalMetrics"] = "true",
            ["Api__DrillsFolder"] = _options.Reports ?? "",
            // Several silos share this machine's cores.
            ["DOTNET_gcServer"] = "0",
        };
        foreach (var (setting, value) in _needs.SiloSettings)
        {
            environment[setting] = value;
        }

        foreach (var r in Regions)
        {
            environment[$"Stores__Regions__{r}__ConnectionString"] = ExternalStore(r) ?? $"Host={Network.AddressOf(r)};Port={Port($"store-{r}")};Database=outback";
        }

        return new ChildSpec(name, "dotnet", [Assemblies.PathOf("OutbackUptime.Silo")], environment, token => Status.IsOkAsync($"{SiloUrl(name)}/healthz/ready", token))
        {
            Prefix = Network.PrefixOf(region),
            RestartWhenItDies = true,
        };
    }

    private string MembershipConnection() => Environment.GetEnvironmentVariable("OUTBACK_MEMBERSHIP") is { Length: > 0 } external
        ? external
        // The emulator's well-known account and key: no secret.
        : $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;TableEndpoint=http://{Network.WitnessAddress}:{Port("witness")}/devstoreaccount1;";

    private ChildSpec GatewaySpec(DemoStation station)
    {
        var hubsFile = Path.Combine(Folder.Gateway(station.Id), "hubs.json");
        _secrets.WriteHubsFile(hubsFile, station.Id, HubsOf(station).Select(h => h.Id).Append(GuestHub));
        var server = _authority.Server($"mqtt-{station.Id}", $"spiffe://outback-uptime/station/{station.Id}", ["localhost", "127.0.0.1"]);
        var client = ClientCertificate(station.Id);
        var environment = new Dictionary<string, string>
        {
            ["Gateway__Station"] = station.Id,
            ["Gateway__HomeRegion"] = station.HomeRegion,
            ["Gateway__DataDirectory"] = DataOf(station.Id),
            ["Mqtt__Address"] = "127.0.0.1",
            ["Mqtt__Port"] = $"{MqttPort(station.Id)}",
            ["Mqtt__CertificatePath"] = server.Certificate,
            ["Mqtt__KeyPath"] = server.Key,
            ["Mqtt__HubsFile"] = hubsFile,
            // The station's hubs all come from this machine: room for all of them, and for their successors.
            ["Mqtt__Guard__MaxConnections"] = $"{(2 * _options.Hubs) + 500}",
            ["Mqtt__Guard__MaxConnectionsPerAddress"] = $"{(2 * _options.Hubs) + 500}",
            ["Mqtt__Guard__MaxPendingPerAddress"] = "128",
            ["Uplink__CertificatePath"] = client.Certificate,
            ["Uplink__KeyPath"] = client.Key,
            ["Uplink__CaPath"] = CaPath,
            ["Admin__Port"] = $"{Port($"gateway-{station.Id}-admin")}",
            ["DOTNET_gcServer"] = "0",
        };
        foreach (var region in Regions)
        {
            for (var i = 0; i < _options.SilosPerRegion; i++)
            {
                environment[$"Uplink__Regions__{region}__Endpoints__{i}"] = EndpointFor(station.Id, $"{region}-{i + 1}");
            }
        }

        foreach (var (name, value) in _needs.GatewaySettings)
        {
            environment[name] = value;
        }

        var url = GatewayUrl(station.Id);
        return new ChildSpec($"gateway-{station.Id}", "dotnet", [Assemblies.PathOf("OutbackUptime.EdgeGateway")], environment, token => Status.IsOkAsync($"{url}/healthz/ready", token));
    }

    private string DataOf(string station) => _needs.DiskMegabytes is null ? Folder.Gateway(station) : Path.Combine(Folder.Gateway(station), "card");

    private string EndpointFor(string station, string silo)
    {
        var address = Network.AddressOf(RegionOf(silo));
        var port = Port($"{silo}-uplink");
        if (!_needs.Links)
        {
            return $"https://{address}:{port}";
        }

        var relay = new LinkRelay(new IPEndPoint(IPAddress.Parse(address), port));
        _relays[(station, silo)] = relay;
        return $"https://127.0.0.1:{relay.Port}";
    }

    private IEnumerable<string> HubIds => Enumerable.Range(1, _options.Hubs).Select(i => $"bore-{i:00}");

    private IEnumerable<HubTarget> HubsOf(DemoStation station) => HubIds.Select(id => new HubTarget(id, _secrets.Of(station.Id, id)));

    private ChildSpec HubsSpec()
    {
        var targets = Stations.Where(s => Gateways.ContainsKey(s.Id)).Select(s => new GatewayTarget(s.Id, "127.0.0.1", MqttPort(s.Id), CaPath, [.. HubsOf(s)])).ToList();
        var path = Folder.File("gateways.json");
        using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        {
            JsonSerializer.Serialize(file, targets, JsonSerializerOptions.Web);
        }

        return new ChildSpec(
            "hubs",
            "dotnet",
            [
                Assemblies.PathOf("OutbackUptime.Demo"), "hubs", "--gateways", path, "--interval", $"{_options.Interval.TotalMilliseconds}ms",
                // A run of its own seed: the hubs of a later run on the same data must not send an earlier one's packets.
                "--seed", $"{unchecked((_options.Seed * 7919) + Run) & int.MaxValue}",
                "--record", Path.Combine(Folder.Records, $"run-{Run:0000}.tsv"),
            ],
            new Dictionary<string, string>(),
            _ => Task.FromResult(true));
    }

    /// <summary>Where the stations' registry is; silos read it again when it changes.</summary>
    public string RegistryPath => Folder.File("stations.json");

    /// <summary>Registers the stations; with a number only the first so many.</summary>
    public void WriteRegistry(int? first = null) => File.WriteAllText(RegistryPath, JsonSerializer.Serialize(
        new
        {
            regions = Regions,
            stations = Stations.Take(first ?? Stations.Count).Select(s => new
            {
                s.Id,
                s.Name,
                s.Latitude,
                s.Longitude,
                s.HomeRegion,
                driveHours = 3,
                hubs = HubIds.Select(h => RegistryHub.Of(s.Id, h, _options.Interval)),
            }),
        },
        JsonSerializerOptions.Web));
}
