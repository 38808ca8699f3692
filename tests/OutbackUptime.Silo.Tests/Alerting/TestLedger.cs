using System.Collections.Concurrent;
using OutbackUptime.Domain.Alerts.Notices;
using OutbackUptime.Grains.Alerting;

namespace OutbackUptime.Silo.Tests.Alerting;

/// <summary>A ledger in memory.</summary>
internal sealed class TestLedger : INoticeLedger
{
    public ConcurrentQueue<(string Key, bool Delivered, string Detail)> Records { get; } = new();

    public Exception? Fault { get; set; }

    public Task<bool> WasDeliveredAsync(Notice notice, string channel, CancellationToken cancellationToken) =>
        Fault is { } fault ? Task.FromException<bool>(fault) : Task.FromResult(Records.Any(r => r.Key == notice.IdempotencyKey(channel) && r.Delivered));

    public Task RecordAsync(Notice notice, string channel, bool delivered, DateTimeOffset attemptedAt, string detail, CancellationToken cancellationToken)
    {
        Records.Enqueue((notice.IdempotencyKey(channel), delivered, detail));
        return Task.CompletedTask;
    }
}
