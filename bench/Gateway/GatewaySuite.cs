using OutbackUptime.Bench.FrontDoor;
using OutbackUptime.Bench.Load;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Bench.Reports;
using OutbackUptime.Bench.Servers;

namespace OutbackUptime.Bench.Gateway;

/// <summary>Durable PUBACKs beside other brokers': rate, cost and latency as `front-door` measures them, then what each loses by a SIGKILL.</summary>
internal sealed class GatewaySuite(GatewayOptions options, TextWriter output, TimeProvider time)
{
    public static readonly string[] Names = ["gateway", "mosquitto", "mosquitto-queued", "mosquitto-autosave", "nats", "nats-always", "aedes"];

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Data);
        var program = GatewayProgram.Find(options.Gateway);
        var machine = MachineReport.Read(options.Data);
        var payload = HubPayload.Make(time.GetUtcNow()).Length;
        var table = new GatewayTable(output);
        table.WriteHead(machine, program, payload, options);
        var limit = Libc.RaiseFileLimit();
        if (options.Shapes.FirstOrDefault(s => s.Connections + 200 > limit) is { } tooMany)
        {
            throw new BenchException($"{tooMany.Connections} connections: only {limit} files may be open. Raise it: ulimit -n {tooMany.Connections + 1000}");
        }

        var hubs = options.Shapes.Select(s => s.Connections).Append(BrokerKill.Hubs).Max();
        var (brokers, skipped) = await FindAsync(program, hubs, cancellationToken).ConfigureAwait(false);
        table.WriteSkipped(skipped);
        List<FrontDoorRow> rows = [];
        foreach (var shape in options.Duration > TimeSpan.Zero ? options.Shapes : [])
        {
            table.WriteShape(shape);
            foreach (var broker in brokers)
            {
                rows.Add(await MeasureAsync(broker, shape, cancellationToken).ConfigureAwait(false));
                FrontDoorTable.WriteRow(output, rows[^1]);
            }
        }

        table.WriteRatios(rows);
        List<BrokerKillRow> kills = [];
        foreach (var broker in options.Kills > 0 ? brokers : [])
        {
            kills.Add(await KillAsync(broker, cancellationToken).ConfigureAwait(false));
            table.WriteKill(kills[^1], kills.Count == 1);
        }

        JsonReport.Write(options.Report, new GatewayReport(machine, program.Kind, payload, skipped, rows, kills));
        return 0;
    }

    private async Task<(List<IBroker> Brokers, Dictionary<string, string> Skipped)> FindAsync(GatewayProgram program, int hubs, CancellationToken cancellationToken)
    {
        IBroker[] all =
        [
            new GatewayBroker(program, hubs, options.GatewaySettings),
            new MosquittoBroker(FrontDoorServer.Mosquitto),
            new MosquittoBroker(FrontDoorServer.MosquittoQueued),
            new MosquittoBroker(FrontDoorServer.MosquittoAutosave),
            new NatsBroker(always: false),
            new NatsBroker(always: true),
            new AedesBroker(),
        ];
        var (brokers, skipped) = (new List<IBroker>(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var broker in all.Where(b => options.Only.Count == 0 || options.Only.Contains(b.Name)))
        {
            if (await broker.MissingAsync(cancellationToken).ConfigureAwait(false) is { } reason)
            {
                skipped[broker.Name] = reason;
            }
            else
            {
                brokers.Add(broker);
            }
        }

        return (brokers, skipped);
    }

    private async Task<FrontDoorRow> MeasureAsync(IBroker broker, FrontDoorShape shape, CancellationToken cancellationToken)
    {
        using var folder = new BenchFolder(options.Data);
        var target = GatewayServer.Target(FreePort.Next(), tls: false);
        await using var server = await broker.StartAsync(folder.Path, target, cancellationToken).ConfigureAwait(false);
        await broker.PrepareAsync(target, cancellationToken).ConfigureAwait(false);
        using var generator = LoadGenerator.Connect(target, shape.Connections, shape.Window, time.GetUtcNow());
        var closed = await generator.RunAsync(new LoadPlan(options.Warmup, options.Duration, null, 1, options.Seed), server.Id, cancellationToken).ConfigureAwait(false);
        var open = await generator.RunAsync(new LoadPlan(options.Warmup, options.Duration, closed.Rate / 2, 1, options.Seed), server.Id, cancellationToken).ConfigureAwait(false);
        return FrontDoorRow.Of(broker.Name, shape, closed, open, closed.Rate / 2);
    }

    private async Task<BrokerKillRow> KillAsync(IBroker broker, CancellationToken cancellationToken)
    {
        var sum = DeliveryCount.None;
        for (var i = 0; i < options.Kills; i++)
        {
            sum += await new BrokerKill(options, time).RunAsync(broker, cancellationToken).ConfigureAwait(false);
        }

        return new BrokerKillRow(broker.Name, broker.Promise, options.Kills, sum);
    }
}
