using OutbackUptime.Domain.Alerts.Notices;
using OutbackUptime.Grains.Alerting;
using OutbackUptime.Grains.Watch;

namespace OutbackUptime.Grains.Tests.Watch;

/// <summary>Sends as the silo's sender does: asks the stores first, and writes down what it did. People's phones outlive regions.</summary>
internal sealed class LedgeredSender(IReadOnlyList<MemoryWatchStore> stores, List<Notice> phone, List<NoticeRow> sent, TimeProvider time) : INoticeSender
{
    public bool TrySend(Notice notice, IReadOnlyList<string> contacts)
    {
        foreach (var contact in contacts)
        {
            var row = new NoticeRow(notice.Station, notice.AlertId, notice.KindName, notice.Level, $"sms/{contact}", true, time.GetUtcNow(), "");
            if (!stores.Where(s => s.IsAvailable).Any(s => s.Notices.Any(r => r.Key == row.Key)))
            {
                phone.Add(notice);
                sent.Add(row);
                foreach (var store in stores)
                {
                    _ = store.WriteAsync(new WatchRows { Notices = [row] });
                }
            }
        }

        return true;
    }
}
