using System.Diagnostics;
using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Servers;

/// <summary>nats-server with MQTT and JetStream on files: by default it fsyncs by and by, with `sync_interval: always` (2.10 and later) before it answers.</summary>
internal sealed class NatsBroker(bool always) : IBroker
{
    public string Name => always ? "nats-always" : "nats";

    public string Promise => always ? "JetStream on files, sync_interval: always" : "JetStream on files, written, fsynced by and by";

    public async Task<string?> MissingAsync(CancellationToken cancellationToken)
    {
        if (PeerPrograms.Tool("nats-server") is not { } program)
        {
            return "nats-server is not installed: apt-get install nats-server";
        }

        if (!always)
        {
            return null;
        }

        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "jetstream { sync_interval: always }", cancellationToken).ConfigureAwait(false);
            using var process = Process.Start(new ProcessStartInfo(program, ["-t", "-c", path]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return process.ExitCode == 0 ? null : $"this nats-server can't do it (2.10 and later can): {(await said.ConfigureAwait(false)).Trim()}";
        }
        finally
        {
            File.Delete(path);
        }
    }

    public async Task<ServerProcess> StartAsync(string folder, LoadTarget target, CancellationToken cancellationToken)
    {
        var configuration = Path.Combine(folder, "nats.conf");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            server_name: bench
            listen: "127.0.0.1:{{FreePort.Next()}}"
            jetstream { store_dir: "{{folder}}/jetstream"{{(always ? ", sync_interval: always" : "")}} }
            mqtt { listen: "127.0.0.1:{{target.Port}}", max_ack_pending: 10000 }
            """,
            cancellationToken).ConfigureAwait(false);
        return await ServerProcess.StartAsync(PeerPrograms.Tool("nats-server")!, ["-c", configuration], new Dictionary<string, string>(), "Server is ready", cancellationToken).ConfigureAwait(false);
    }
}
