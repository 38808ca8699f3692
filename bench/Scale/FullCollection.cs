using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace OutbackUptime.Bench.Scale;

/// <summary>Has another .NET process collect all of its garbage, as dotnet-gcdump does: so that its heap is what it needs.</summary>
internal static class FullCollection
{
    // GCHeapCollectKeyword of Microsoft-Windows-DotNETRuntime: a session with it begins with a full, blocking collection.
    private const long GcHeapCollect = 0x800000;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns when the process counts one full collection more.</summary>
    public static async Task RunAsync(int process, Func<Task<double>> collections, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);
        var before = await collections().ConfigureAwait(false);
        using var session = await new DiagnosticsClient(process)
            .StartEventPipeSessionAsync([new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, GcHeapCollect)], requestRundown: false, token: limit.Token).ConfigureAwait(false);
        // Read, or the session's end would wait for a full pipe.
        var reading = session.EventStream.CopyToAsync(Stream.Null, limit.Token);
        while (await collections().ConfigureAwait(false) <= before)
        {
            await Task.Delay(s_look, limit.Token).ConfigureAwait(false);
        }

        await session.StopAsync(limit.Token).ConfigureAwait(false);
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
