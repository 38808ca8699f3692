namespace OutbackUptime.Grains.Watch;

/// <summary>
/// Rows on their way to the stores. What no store took is kept and tried again; what only some took the others get by
/// <see cref="WatchReconciler"/>.
/// </summary>
internal sealed class WatchOutbox(WatchServices services)
{
    private const int MaxVerdicts = 50_000;
    private readonly List<VerdictRow> _verdicts = [];
    private readonly Dictionary<string, AlertRow> _alerts = new(StringComparer.Ordinal);

    /// <summary>Verdicts were left out because nothing could be written for too long: they are to be judged anew.</summary>
    public bool HasOverflowed { get; private set; }

    public void Add(IEnumerable<VerdictRow> verdicts)
    {
        _verdicts.AddRange(verdicts);
        if (_verdicts.Count > MaxVerdicts)
        {
            HasOverflowed = true;
            _verdicts.Clear();
        }
    }

    public void Add(AlertRow alert) => _alerts[alert.Alert.Id] = alert;

    /// <summary>Writes what there is. True when some store holds all of it.</summary>
    public async Task<bool> FlushAsync()
    {
        var rows = new WatchRows { Verdicts = [.. _verdicts], Alerts = [.. _alerts.Values] };
        if (rows.Count == 0)
        {
            return true;
        }

        var written = await Task.WhenAll(services.Stores.Select(s => s.WriteAsync(rows)));
        if (!written.Contains(true))
        {
            return false;
        }

        _verdicts.Clear();
        _alerts.Clear();
        return true;
    }
}
