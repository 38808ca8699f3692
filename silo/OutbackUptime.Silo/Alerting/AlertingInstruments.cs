using System.Diagnostics.Metrics;

namespace OutbackUptime.Silo.Alerting;

/// <summary>What became of notices.</summary>
internal sealed class AlertingInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "OutbackUptime.Alerting";

    private readonly Counter<long> _notices;
    private readonly Counter<long> _refused;

    public AlertingInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _notices = meter.CreateCounter<long>("outback.alerts.notices", "{notice}", "Notices by channel and outcome: delivered, failed, known (delivered before).");
        _refused = meter.CreateCounter<long>("outback.alerts.notices_refused", "{notice}", "Notices that a full queue refused; the watch tries again.");
    }

    public void OnNotice(string channel, string outcome) => _notices.Add(1, new KeyValuePair<string, object?>("channel", channel), new("outcome", outcome));

    public void OnRefused() => _refused.Add(1);
}
