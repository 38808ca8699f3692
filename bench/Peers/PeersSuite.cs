using OutbackUptime.Bench.FrontDoor;
using OutbackUptime.Bench.Load;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Bench.Reports;
using OutbackUptime.Bench.Servers;

namespace OutbackUptime.Bench.Peers;

/// <summary>MQTT to ClickHouse end to end, ours beside what people would build instead: same generator, same payload, same engine, same fsyncs.</summary>
internal sealed class PeersSuite(PeersOptions options, TextWriter output, TimeProvider time)
{
    public static readonly string[] Names = ["ours", "ours-one", "node", "node-autosave", "node-red", "rabbitmq"];

    private readonly PeersTable _table = new(output);
    private readonly Dictionary<string, string> _skipped = new(StringComparer.Ordinal);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Data);
        var program = GatewayProgram.Find(options.Gateway);
        var machine = MachineReport.Read(options.Data);
        var payload = HubPayload.Make(time.GetUtcNow()).Length;
        Libc.RaiseFileLimit();
        var kinds = Kinds(program).Where(k => options.Only.Count == 0 || options.Only.Contains(k.Name)).ToList();
        _table.WriteHead(machine, program, payload, options, kinds);
        foreach (var kind in kinds)
        {
            if (kind.Missing() is { } reason)
            {
                Skip(kind.Name, reason);
            }
        }

        kinds.RemoveAll(k => _skipped.ContainsKey(k.Name));
        List<PeerRow> rows = [];
        foreach (var kind in options.Duration > TimeSpan.Zero ? kinds : [])
        {
            if (await TryAsync(kind.Name, () => new PeerRun(options, time).MeasureAsync(kind, cancellationToken)).ConfigureAwait(false) is { } row)
            {
                rows.Add(row);
                _table.WriteRow(row, rows.Count == 1);
            }
        }

        _table.WriteRatios(rows);
        List<PeerKillRow> kills = [];
        foreach (var kind in options.Kills > 0 ? kinds : [])
        {
            foreach (var role in (PartRole[])[PartRole.Broker, PartRole.Service, PartRole.Store])
            {
                if (await TryAsync($"{kind.Name}, {role} killed", () => KillAsync(kind, role, cancellationToken)).ConfigureAwait(false) is { } row)
                {
                    kills.Add(row);
                    _table.WriteKill(row, kills.Count == 1);
                }
            }
        }

        JsonReport.Write(options.Report, new PeersReport(machine, program.Kind, payload, options.Connections, _skipped, rows, kills));
        return 0;
    }

    private PipelineKind[] Kinds(GatewayProgram program)
    {
        var hubs = Math.Max(options.Connections, PeerKill.Hubs);
        var ours = new OursPipeline(program, options.GatewaySettings, hubs);
        return
        [
            new("ours", "gateway, a silo and a store in each of two regions", () => null, f => ours.Make(f, "syd", "mel")),
            new("ours-one", "the same with one region: as many copies as the peers keep", () => null, f => ours.Make(f, "syd")),
            new("node", "Mosquitto (queue in memory), Node service: mqtt.js and @clickhouse/client, ack after insert", Mosquitto, f => PeerPipelines.Node(f, FrontDoorServer.MosquittoQueued)),
            new("node-autosave", "the same, Mosquitto saving after each change", Mosquitto, f => PeerPipelines.Node(f, FrontDoorServer.MosquittoAutosave)),
            new("node-red", "Mosquitto (queue in memory), Node-RED: join, http request", Mosquitto, f => PeerPipelines.NodeRed(f, FrontDoorServer.MosquittoQueued)),
            new("rabbitmq", "RabbitMQ's MQTT plugin, quorum queue, Node consumer: amqplib and @clickhouse/client, ack after insert", () => RabbitServer.Missing ?? PeerPrograms.Missing, f => PeerPipelines.Rabbit(f, hubs)),
        ];
    }

    private static string? Mosquitto() => MosquittoServer.Program is null ? "mosquitto is not installed: apt-get install mosquitto" : PeerPrograms.Missing;

    private async Task<PeerKillRow> KillAsync(PipelineKind kind, PartRole role, CancellationToken cancellationToken)
    {
        var sum = await new PeerKill(options, time).RunAsync(kind, role, cancellationToken).ConfigureAwait(false);
        for (var i = 1; i < options.Kills; i++)
        {
            var next = await new PeerKill(options, time).RunAsync(kind, role, cancellationToken).ConfigureAwait(false);
            sum = sum with
            {
                Kills = sum.Kills + 1,
                Counts = [.. sum.Counts.Zip(next.Counts, (a, b) => a + b)],
                CopiesWritten = sum.CopiesWritten + next.CopiesWritten,
                DrainSeconds = Math.Max(sum.DrainSeconds, next.DrainSeconds),
            };
        }

        return sum;
    }

    /// <summary>A pipeline that fails is a line of its own, not the end of the others.</summary>
    private async Task<T?> TryAsync<T>(string what, Func<Task<T>> measure)
        where T : class
    {
        try
        {
            return await measure().ConfigureAwait(false);
        }
        catch (BenchException e)
        {
            Skip(what, e.Message);
            return null;
        }
    }

    private void Skip(string what, string reason)
    {
        _skipped[what] = reason;
        _table.WriteSkipped(what, reason);
    }
}
