using OutbackUptime.Bench.Load;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Bench.Reports;
using OutbackUptime.Bench.Servers;

namespace OutbackUptime.Bench.FrontDoor;

/// <summary>
/// How fast is a durable PUBACK, beside Mosquitto: same generator, same payload, same run. Each case has a server of its own in a
/// fresh folder: closed loop for the rate and what a PUBACK costs, then open loop below saturation for the latency.
/// </summary>
internal sealed class FrontDoorSuite(FrontDoorOptions options, TextWriter output, TimeProvider time)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Data);
        var program = GatewayProgram.Find(options.Gateway);
        var machine = MachineReport.Read(options.Data);
        var payload = HubPayload.Make(time.GetUtcNow()).Length;
        FrontDoorTable.WriteHead(output, machine, program, payload, options);
        var limit = Libc.RaiseFileLimit();
        var rows = new List<FrontDoorRow>();
        foreach (var shape in options.Shapes)
        {
            if (shape.Connections + 200 > limit)
            {
                throw new BenchException($"{shape.Connections} connections: only {limit} files may be open. Raise it: ulimit -n {shape.Connections + 1000}");
            }

            foreach (var server in options.Servers)
            {
                var row = await MeasureAsync(server, shape, program, cancellationToken).ConfigureAwait(false);
                rows.Add(row);
                FrontDoorTable.WriteRow(output, row);
            }
        }

        FrontDoorTable.WriteRatios(output, rows);
        JsonReport.Write(options.Report, new FrontDoorReport(machine, program.Kind, payload, rows));
        return 0;
    }

    private async Task<FrontDoorRow> MeasureAsync(FrontDoorServer kind, FrontDoorShape shape, GatewayProgram program, CancellationToken cancellationToken)
    {
        using var folder = new BenchFolder(options.Data);
        var target = GatewayServer.Target(FreePort.Next(), kind == FrontDoorServer.GatewayTls);
        await using var server = kind is FrontDoorServer.Gateway or FrontDoorServer.GatewayTls
            ? await GatewayServer.StartAsync(program, folder.Path, shape.Connections, target, FreePort.Next(), options.GatewaySettings, cancellationToken).ConfigureAwait(false)
            : await MosquittoServer.StartAsync(folder.Path, target, kind, cancellationToken).ConfigureAwait(false);
        using var generator = LoadGenerator.Connect(target, shape.Connections, shape.Window, time.GetUtcNow());
        var closed = await generator.RunAsync(new LoadPlan(options.Warmup, options.Duration, null, options.Threads, options.Seed), server.Id, cancellationToken).ConfigureAwait(false);
        var rate = closed.Rate * options.LatencyShare;
        var open = await generator.RunAsync(new LoadPlan(options.Warmup, options.Duration, rate, options.Threads, options.Seed), server.Id, cancellationToken).ConfigureAwait(false);
        return FrontDoorRow.Of(kind.ToString(), shape, closed, open, rate);
    }
}
