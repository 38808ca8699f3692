namespace OutbackUptime.Domain.Alerts;

/// <summary>The alerts of a station: all that are on, and the newest that are over.</summary>
internal sealed class KnownAlerts(int keptCleared)
{
    private readonly Dictionary<string, Alert> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Hub, string Rule), string> _current = [];
    private readonly Queue<string> _cleared = new();

    public IEnumerable<Alert> Current => _current.Values.Select(id => _byId[id]);

    public Alert? Find(string id) => _byId.GetValueOrDefault(id);

    public Alert? CurrentOf(string hub, string rule) => _current.TryGetValue((hub, rule), out var id) ? _byId[id] : null;

    public void Put(Alert alert)
    {
        var wasCleared = _byId.TryGetValue(alert.Id, out var before) && !before.IsCurrent;
        _byId[alert.Id] = alert;
        if (alert.IsCurrent)
        {
            _current[(alert.Hub, alert.Rule)] = alert.Id;
            return;
        }

        if (_current.TryGetValue((alert.Hub, alert.Rule), out var current) && current == alert.Id)
        {
            _current.Remove((alert.Hub, alert.Rule));
        }

        if (!wasCleared)
        {
            _cleared.Enqueue(alert.Id);
        }

        while (_cleared.Count > keptCleared)
        {
            _byId.Remove(_cleared.Dequeue());
        }
    }

    /// <summary>Whether an alert of the rule at the hub is known that was on at some time between the two.</summary>
    public bool Overlaps(string hub, string rule, DateTimeOffset from, DateTimeOffset to) => _byId.Values.Any(a =>
        a.Hub == hub && a.Rule == rule && a.OpenedAt <= to && (a.IsCurrent || a.ChangedAt >= from));

    /// <summary>Whether a trough got nothing, or the tank was dry, at one of the hubs since then.</summary>
    public bool WasThirsty(IReadOnlyCollection<string> hubs, DateTimeOffset since, bool troughOnly = false) => _byId.Values.Any(a =>
        hubs.Contains(a.Hub) && (a.IsCurrent || a.ChangedAt >= since)
        && (a.Rule == AlertRules.TroughDry || (!troughOnly && a.Rule == AlertRules.LowLevel && a.Severity == AlertSeverity.Critical)));
}
