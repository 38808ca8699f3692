using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Demo;

/// <summary>The options that runs and drills share.</summary>
internal sealed class OptionSet
{
    private readonly Option<TimeSpan?> _for = new("--for") { Description = "stop after this long, e.g. 60s; absent: on Ctrl-C", CustomParser = r => ParseDuration(r) };
    private readonly Option<int> _stations = new("--stations") { Description = "stations, each with a gateway", DefaultValueFactory = _ => 3 };
    private readonly Option<int> _hubs = new("--hubs") { Description = "simulated hubs per station", DefaultValueFactory = _ => 20 };
    private readonly Option<TimeSpan?> _interval = new("--interval") { Description = "time between a hub's packets, e.g. 1s or 250ms (default 1s)", CustomParser = r => ParseDuration(r) };
    private readonly Option<double?> _rate = new("--rate") { Description = "packets a second in all, in place of --interval" };
    private readonly Option<int> _silos = new("--silos-per-region") { Description = "silos in each region", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _topology = new("--topology") { Description = "one Orleans cluster over both regions, or one each", DefaultValueFactory = _ => "stretched" };
    private readonly Option<FileInfo?> _report = new("--report") { Description = "write a JSON report" };
    private readonly Option<bool> _prometheus = new("--prometheus") { Description = "let this machine's Prometheus (Debian package prometheus) watch it, and compare" };
    private readonly Option<int?> _seed = new("--seed") { Description = "seed of the load; absent: another each time" };
    private readonly Option<DirectoryInfo?> _data = new("--data") { Description = "data, logs and certificates; a second run goes on with them" };

    public OptionSet()
    {
        _topology.AcceptOnlyFromAmong("stretched", "cells");
        AtLeastOne(_stations, 50);
        AtLeastOne(_hubs, 2000);
        AtLeastOne(_silos, 5);
        _rate.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<double?>() is { } rate and (<= 0 or > 100_000))
            {
                r.AddError($"--rate {rate}: expected more than 0 and at most 100,000 packets a second.");
            }
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _for, _stations, _hubs, _interval, _rate, _silos, _topology, _report, _prometheus, _seed, _data })
        {
            command.Options.Add(option);
        }
    }

    public DemoOptions Read(ParseResult parsed, string folder)
    {
        var (stations, hubs) = (parsed.GetValue(_stations), parsed.GetValue(_hubs));
        var data = parsed.GetValue(_data)?.FullName ?? DemoFolder.DefaultRoot(folder);
        return new DemoOptions
        {
            For = parsed.GetValue(_for),
            Stations = stations,
            Hubs = hubs,
            Interval = parsed.GetValue(_rate) is { } rate ? TimeSpan.FromSeconds(stations * hubs / rate) : parsed.GetValue(_interval) ?? TimeSpan.FromSeconds(1),
            SilosPerRegion = parsed.GetValue(_silos),
            Topology = parsed.GetValue(_topology)!,
            Report = parsed.GetValue(_report)?.FullName,
            Prometheus = parsed.GetValue(_prometheus),
            Seed = parsed.GetValue(_seed) ?? System.Security.Cryptography.RandomNumberGenerator.GetInt32(1, 1_000_000),
            Data = data,
            // Beside the data, so that the demo shows what the drills left.
            Reports = Path.Combine(Path.GetDirectoryName(data) ?? data, "reports"),
        };
    }

    private static void AtLeastOne(Option<int> option, int most) => option.Validators.Add(r =>
    {
        if (r.GetValueOrDefault<int>() is var value && (value < 1 || value > most))
        {
            r.AddError($"{option.Name} {value}: expected 1 to {most}.");
        }
    });

    private static TimeSpan? ParseDuration(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        var unit = text.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.');
        double? scale = unit switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, _ => null };
        if (scale is { } s && double.TryParse(text[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0)
        {
            return TimeSpan.FromSeconds(value * s);
        }

        result.AddError($"'{text}' is no duration; expected e.g. 250ms, 1s, 5m.");
        return null;
    }
}
