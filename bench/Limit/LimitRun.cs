using OutbackUptime.Bench.Machine;
using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Bench.Limit;

/// <summary>Hands rows to the running stores by the fastest way there is: ready-made RowBinary, one request an INSERT, the same fsync.</summary>
internal sealed class LimitRun(DemoSystem system, int rowsPerInsert, int writers, int stations, int hubs, string data, TimeProvider time)
{
    /// <summary>Warms up, then measures.</summary>
    public async Task<LimitRow> RunAsync(TimeSpan warmup, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var stop = new CancellationTokenSource();
        var counts = new long[DemoSystem.Regions.Length];
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var rows = new List<LimitRows>();
        var running = DemoSystem.Regions.SelectMany((region, r) => Enumerable.Range(0, writers).Select(w =>
        {
            var own = new LimitRows(w, stations, hubs, time.GetUtcNow());
            rows.Add(own);
            return WriteAsync(http, region, own, packets => Interlocked.Add(ref counts[r], packets), stop.Token, cancellationToken);
        })).ToList();
        await Task.Delay(warmup, time, cancellationToken).ConfigureAwait(false);
        var (before, stores, own, started) = (counts.ToArray(), StoreCpu(), ProcessUse.Of(Environment.ProcessId).CpuSeconds, time.GetTimestamp());
        await Task.Delay(duration, time, cancellationToken).ConfigureAwait(false);
        var (after, storesAfter, ownAfter, seconds) = (counts.ToArray(), StoreCpu(), ProcessUse.Of(Environment.ProcessId).CpuSeconds, time.GetElapsedTime(started).TotalSeconds);
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);

        // A packet is safe when the slower store has it.
        var packets = after.Zip(before, (a, b) => a - b).Min();
        return new LimitRow(
            packets / seconds, rowsPerInsert, writers, (storesAfter - stores) / packets * 1e6, (ownAfter - own) / packets * 1e6, Disk(rows[0], duration));
    }

    private async Task WriteAsync(HttpClient http, string region, LimitRows rows, Action<long> done, CancellationToken stop, CancellationToken cancellationToken)
    {
        var url = new Uri($"{system.StoreUrl(region)}?query={Uri.EscapeDataString(LimitRows.Insert)}&async_insert=0&max_threads=1");
        var buffer = new byte[rowsPerInsert * rows.RowBytes];
        while (!stop.IsCancellationRequested)
        {
            rows.Fill(buffer, rowsPerInsert);
            using var content = new ByteArrayContent(buffer);
            using var response = await http.PostAsync(url, content, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new BenchException($"The store of {region} refused rows: {await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)}");
            }

            done(rowsPerInsert);
        }
    }

    private double StoreCpu() => system.Stores.Values.Sum(c => ProcessUse.Of(c.Pid).CpuSeconds);

    // Two files, one after the other, as a disk takes them; each INSERT's bytes are fsynced.
    private double Disk(LimitRows rows, TimeSpan duration)
    {
        var buffer = new byte[rowsPerInsert * rows.RowBytes];
        var paths = new[] { Path.Combine(data, "limit-1.bin"), Path.Combine(data, "limit-2.bin") };
        var files = paths.Select(p => File.OpenHandle(p, FileMode.Create, FileAccess.Write)).ToArray();
        try
        {
            var (started, written) = (time.GetTimestamp(), 0L);
            while (time.GetElapsedTime(started) < duration / 3)
            {
                rows.Fill(buffer, rowsPerInsert);
                foreach (var file in files)
                {
                    // Over and over at the same place: the disk must take it, but needn't hold it all.
                    RandomAccess.Write(file, buffer, 0);
                    RandomAccess.FlushToDisk(file);
                }

                written += rowsPerInsert;
            }

            return written / time.GetElapsedTime(started).TotalSeconds;
        }
        finally
        {
            foreach (var (file, path) in files.Zip(paths))
            {
                file.Dispose();
                File.Delete(path);
            }
        }
    }
}
