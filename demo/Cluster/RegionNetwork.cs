using System.Diagnostics;

namespace OutbackUptime.Demo.Cluster;

/// <summary>
/// Where each region's processes run. On loopback by default; in network namespaces for the partition drill: each region in
/// its own, with a link to the host (gateways, witness) and a direct one to the other region, which can be cut. Addresses are
/// private and exist inside these namespaces only.
/// </summary>
internal sealed class RegionNetwork : IAsyncDisposable
{
    private static readonly Dictionary<string, int> s_index = new(StringComparer.Ordinal) { ["syd"] = 1, ["mel"] = 2 };
    private readonly string? _tag;

    private RegionNetwork(string? tag) => _tag = tag;

    /// <summary>Everything on 127.0.0.1.</summary>
    public static RegionNetwork Loopback { get; } = new(null);

    /// <summary>Whether the regions are in namespaces of their own.</summary>
    public bool IsIsolated => _tag is not null;

    /// <summary>Address at which a region's processes listen.</summary>
    public string AddressOf(string region) => IsIsolated ? $"10.203.{s_index[region]}.2" : "127.0.0.1";

    /// <summary>Address at which the regions reach the witness.</summary>
    public string WitnessAddress => IsIsolated ? "10.203.1.1" : "127.0.0.1";

    /// <summary>What runs a command in a region.</summary>
    public IReadOnlyList<string> PrefixOf(string region) => IsIsolated ? ["ip", "netns", "exec", Space(region)] : [];

    /// <summary>Namespaces, or null where this machine or user may not make them.</summary>
    public static async Task<RegionNetwork?> TryIsolateAsync()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var network = new RegionNetwork($"ou{Environment.ProcessId % 10_000}");
        try
        {
            foreach (var region in s_index.Keys)
            {
                var i = s_index[region];
                var (space, host, inside) = (network.Space(region), $"{network._tag}h{i}", $"{network._tag}r{i}");
                await IpAsync($"netns add {space}").ConfigureAwait(false);
                await IpAsync($"link add {host} type veth peer name {inside}").ConfigureAwait(false);
                await IpAsync($"link set {inside} netns {space}").ConfigureAwait(false);
                await IpAsync($"addr add 10.203.{i}.1/24 dev {host}").ConfigureAwait(false);
                await IpAsync($"link set {host} up").ConfigureAwait(false);
                await IpAsync($"-n {space} addr add 10.203.{i}.2/24 dev {inside}").ConfigureAwait(false);
                await IpAsync($"-n {space} link set lo up").ConfigureAwait(false);
                await IpAsync($"-n {space} link set {inside} up").ConfigureAwait(false);
            }

            // The direct link, in the first region's namespace and the second's.
            await IpAsync($"-n {network.Space("syd")} link add {network._tag}d1 type veth peer name {network._tag}d2 netns {network.Space("mel")}").ConfigureAwait(false);
            foreach (var (region, other) in new[] { ("syd", "mel"), ("mel", "syd") })
            {
                var i = s_index[region];
                await IpAsync($"-n {network.Space(region)} addr add 10.203.3.{i}/24 dev {network._tag}d{i}").ConfigureAwait(false);
                await IpAsync($"-n {network.Space(region)} link set {network._tag}d{i} up").ConfigureAwait(false);
                await IpAsync($"-n {network.Space(region)} route add {network.AddressOf(other)}/32 via 10.203.3.{s_index[other]}").ConfigureAwait(false);
            }

            // The second region reaches the witness by its own link to the host.
            await IpAsync($"-n {network.Space("mel")} route add {network.WitnessAddress}/32 via 10.203.2.1").ConfigureAwait(false);
            return network;
        }
        catch (DemoException)
        {
            await network.DisposeAsync().ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>
    /// Cuts or mends the direct link. Packets are swallowed (a blackhole route), as a firewall or a dead VPN does: nobody gets an
    /// error, connections just stop moving.
    /// </summary>
    public async Task CutAsync(bool cut)
    {
        foreach (var (region, other) in new[] { ("syd", "mel"), ("mel", "syd") })
        {
            await IpAsync(cut
                ? $"-n {Space(region)} link set {_tag}d{s_index[region]} down"
                : $"-n {Space(region)} link set {_tag}d{s_index[region]} up").ConfigureAwait(false);
            if (cut)
            {
                await IpAsync($"-n {Space(region)} route replace blackhole {AddressOf(other)}/32").ConfigureAwait(false);
            }
        }

        if (!cut)
        {
            foreach (var (region, other) in new[] { ("syd", "mel"), ("mel", "syd") })
            {
                await IpAsync($"-n {Space(region)} route del blackhole {AddressOf(other)}/32").ConfigureAwait(false);
                await IpAsync($"-n {Space(region)} route replace {AddressOf(other)}/32 via 10.203.3.{s_index[other]}").ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsIsolated)
        {
            return;
        }

        foreach (var region in s_index.Keys)
        {
            // Takes the links along.
            await IpAsync($"netns del {Space(region)}", mayFail: true).ConfigureAwait(false);
        }
    }

    private string Space(string region) => $"{_tag}-{region}";

    private static async Task IpAsync(string arguments, bool mayFail = false)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
            var error = await process.StandardError.ReadToEndAsync().ConfigureAwait(false);
            await process.WaitForExitAsync().ConfigureAwait(false);
            if (process.ExitCode != 0 && !mayFail)
            {
                throw new DemoException($"ip {arguments}: {error.Trim()}");
            }
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new DemoException($"ip is not installed: {e.Message}");
        }
    }
}
