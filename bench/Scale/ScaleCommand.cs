using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OutbackUptime.Bench.Charts;

namespace OutbackUptime.Bench.Scale;

/// <summary>The command line of the suite `scale`.</summary>
internal static class ScaleCommand
{
    private const int MostSilos = 10;

    public static Command Create(TimeProvider time)
    {
        var silos = new Option<int[]>("--silos")
        {
            Description = "numbers of silos, e.g. 1,2,4,8: each a system of its own, half in each region",
            CustomParser = Numbers,
            DefaultValueFactory = _ => [1, 2, 4, 8],
        };
        var stations = new Option<int>("--stations") { Description = "stations that are registered and activated", DefaultValueFactory = _ => 10_000 };
        var hubs = new Option<int>("--hubs") { Description = "hubs of each", DefaultValueFactory = _ => 10 };
        var packets = new Option<int>("--packets") { Description = "packets of each hub before memory is looked at", DefaultValueFactory = _ => 1 };
        var idle = new Option<double>("--idle-seconds") { Description = "how long nothing is done, to see what that costs", DefaultValueFactory = _ => 15 };
        var load = new Option<double>("--load-seconds") { Description = "how long as much is sent as is taken; 0: not", DefaultValueFactory = _ => 15 };
        var parallelism = new Option<int>("--parallelism") { Description = "frames under way at once", DefaultValueFactory = _ => 64 };
        var limit = new Option<int>("--limit-seconds") { Description = "how long all stations may take to become active", DefaultValueFactory = _ => 300 };
        var topology = new Option<string>("--topology") { Description = "stretched or cells", DefaultValueFactory = _ => "stretched" };
        topology.AcceptOnlyFromAmong("stretched", "cells");
        var nominalStations = new Option<long>("--model-stations") { Description = "the model: stations", DefaultValueFactory = _ => 10_000 };
        var nominalHubs = new Option<long>("--model-hubs") { Description = "the model: hubs", DefaultValueFactory = _ => 1_000_000 };
        var nominalRate = new Option<double>("--model-rate") { Description = "the model: packets a second", DefaultValueFactory = _ => 33_000 };
        // As k8s/base limits a silo.
        var memory = new Option<double>("--silo-megabytes") { Description = "the model: memory of a silo", DefaultValueFactory = _ => 1074 };
        var cores = new Option<double>("--silo-cores") { Description = "the model: cores of a silo", DefaultValueFactory = _ => 2 };
        var storeCores = new Option<double>("--store-cores") { Description = "the model: cores of a store", DefaultValueFactory = _ => 4 };
        var inserts = new Option<double>("--store-inserts") { Description = "the model: INSERTs a second that a store may get", DefaultValueFactory = _ => 100 };
        var recovery = new Option<double>("--recovery-seconds") { Description = "the model: how long a region's loss may be felt", DefaultValueFactory = _ => 10 };
        var set = new SiloOptionSet();
        var common = new CommonOptions();
        var charts = new ChartOption();
        var command = new Command("scale", "What more silos, stations and hubs cost; and by a model, where the next wall is.")
        {
            silos, stations, hubs, packets, idle, load, parallelism, limit, topology, nominalStations, nominalHubs, nominalRate, memory, cores, storeCores, inserts, recovery,
        };
        set.AddTo(command);
        common.AddTo(command);
        charts.AddTo(command);
        command.SetAction((parsed, cancellationToken) => new ScaleSuite(
            new ScaleOptions
            {
                Silos = parsed.GetRequiredValue(silos),
                Stations = parsed.GetValue(stations),
                Hubs = parsed.GetValue(hubs),
                PacketsPerHub = parsed.GetValue(packets),
                Idle = TimeSpan.FromSeconds(parsed.GetValue(idle)),
                Load = TimeSpan.FromSeconds(parsed.GetValue(load)),
                Parallelism = parsed.GetValue(parallelism),
                Limit = TimeSpan.FromSeconds(parsed.GetValue(limit)),
                Topology = parsed.GetRequiredValue(topology),
                Nominal = new ScaleLoad(parsed.GetValue(nominalStations), parsed.GetValue(nominalHubs), parsed.GetValue(nominalRate)),
                Limits = new ScaleLimits(parsed.GetValue(memory), parsed.GetValue(cores), parsed.GetValue(storeCores), parsed.GetValue(inserts), parsed.GetValue(recovery)),
                SiloSettings = set.Settings(parsed),
                Data = common.Data(parsed),
                Report = common.Report(parsed),
                Charts = charts.Folder(parsed),
            },
            Console.Out,
            time).RunAsync(cancellationToken));
        return command;
    }

    private static int[] Numbers(ArgumentResult result)
    {
        var text = string.Join(',', result.Tokens.Select(t => t.Value));
        var numbers = text.Split(',').Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        if (numbers.Any(n => n is < 1 or > MostSilos || (n > 1 && n % 2 != 0)))
        {
            result.AddError($"--silos {text}: expected 1 and even numbers up to {MostSilos}, e.g. 1,2,4,8.");
        }

        return numbers;
    }
}
