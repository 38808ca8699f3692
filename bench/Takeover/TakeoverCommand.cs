using System.CommandLine;
using OutbackUptime.Bench.Charts;

namespace OutbackUptime.Bench.Takeover;

/// <summary>The command line of the suite `takeover`.</summary>
internal static class TakeoverCommand
{
    private static readonly string[] s_topologies = ["stretched", "cells"];

    public static Command Create(TimeProvider time)
    {
        var topology = Choice("--topology", "one Orleans cluster over both regions, or one each", s_topologies);
        var kind = Choice("--kind", "what is done", [.. FaultNames.Kinds.Keys]);
        var scope = Choice("--scope", "what is hit", [.. FaultNames.Scopes.Keys]);
        var kills = new Option<int>("--kills") { Description = "faults of each kind, scope and topology; those in the report count", DefaultValueFactory = _ => 30 };
        var stations = new Option<int>("--stations") { Description = "stations; two of three are at home in syd", DefaultValueFactory = _ => 3 };
        var hubs = new Option<int>("--hubs") { Description = "hubs a station, two packets a second each", DefaultValueFactory = _ => 10 };
        var seed = new Option<int>("--seed") { Description = "seed of the load", DefaultValueFactory = _ => 1 };
        var common = new CommonOptions();
        var charts = new ChartOption();
        var command = new Command("takeover", "How long takeovers take, by kind of fault. An existing report is gone on with: it can be run in slices.") { topology, kind, scope, kills, stations, hubs, seed };
        common.AddTo(command);
        charts.AddTo(command);
        command.SetAction((parsed, cancellationToken) => new TakeoverSuite(
            new TakeoverOptions
            {
                Topologies = parsed.GetRequiredValue(topology),
                Kinds = [.. parsed.GetRequiredValue(kind).Select(k => FaultNames.Kinds[k])],
                Scopes = [.. parsed.GetRequiredValue(scope).Select(s => FaultNames.Scopes[s])],
                Kills = parsed.GetValue(kills),
                Stations = parsed.GetValue(stations),
                Hubs = parsed.GetValue(hubs),
                Seed = parsed.GetValue(seed),
                Data = common.Data(parsed),
                Report = common.Report(parsed),
                Charts = charts.Folder(parsed),
            },
            Console.Out,
            time).RunAsync(cancellationToken));
        return command;
    }

    private static Option<string[]> Choice(string name, string description, string[] values)
    {
        var option = new Option<string[]>(name) { Description = $"{description}: {string.Join(", ", values)}; absent: all", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => values };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
