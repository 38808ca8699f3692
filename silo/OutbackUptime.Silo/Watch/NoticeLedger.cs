using OutbackUptime.Domain.Alerts.Notices;
using OutbackUptime.Grains.Alerting;
using OutbackUptime.Grains.Watch;

namespace OutbackUptime.Silo.Watch;

/// <summary>What was told, in the stores of both regions: what one of them knows to be delivered is not sent again.</summary>
internal sealed class NoticeLedger(IWatchStores stores) : INoticeLedger
{
    // Longer than any notice is tried.
    private static readonly TimeSpan s_lookBack = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public async Task<bool> WasDeliveredAsync(Notice notice, string channel, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var key = (notice.AlertId, notice.KindName, notice.Level, channel);
        var known = false;
        Exception? trouble = null;
        foreach (var store in stores.All)
        {
            try
            {
                var rows = await store.ReadNoticesAsync(notice.Station, notice.At - s_lookBack, cancellationToken).ConfigureAwait(false);
                if (rows.Any(r => r.Delivered && r.Key == key))
                {
                    return true;
                }

                known = true;
            }
#pragma warning disable CA1031 // Whatever the reason, this store can't say; the other one may.
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                trouble = e;
            }
        }

        return known ? false : throw new InvalidOperationException("no store could say what was delivered", trouble);
    }

    /// <inheritdoc/>
    public Task RecordAsync(Notice notice, string channel, bool delivered, DateTimeOffset attemptedAt, string detail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var row = new NoticeRow(notice.Station, notice.AlertId, notice.KindName, notice.Level, channel, delivered, attemptedAt, detail);
        return Task.WhenAll(stores.All.Select(s => s.WriteAsync(new WatchRows { Notices = [row] }))).WaitAsync(cancellationToken);
    }
}
