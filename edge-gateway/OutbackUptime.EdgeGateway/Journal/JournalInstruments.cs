using System.Diagnostics.Metrics;
using OutbackUptime.Domain.Losses;
using OutbackUptime.EdgeGateway.Journal.Storage;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>Metrics of the journal (meter `OutbackUptime.Journal`).</summary>
internal sealed class JournalInstruments
{
    private static readonly StorageTrouble[] s_troubles = [.. Enum.GetValues<StorageTrouble>().Where(t => t != StorageTrouble.None)];
    private readonly Histogram<double> _commit;
    private readonly Histogram<int> _batch;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _givenUp;
    private readonly Counter<long> _salvages;
    private readonly Counter<long> _lost;
    private readonly Meter _meter;

    public JournalInstruments(IMeterFactory factory)
    {
        _meter = factory.Create("OutbackUptime.Journal");
        _commit = _meter.CreateHistogram<double>("outback.journal.commit.duration", "s", "Time of a commit with its fsync.");
        _batch = _meter.CreateHistogram<int>("outback.journal.commit.entries", "{entry}", "Packets in a commit.");
        _failures = _meter.CreateCounter<long>("outback.journal.commit.failures", "{commit}", "Commits that failed.");
        _givenUp = _meter.CreateCounter<long>("outback.journal.given_up", "{packet}", "Packets evicted or thinned by the overflow policy, by cause.");
        _salvages = _meter.CreateCounter<long>("outback.journal.salvages", "{salvage}", "Damaged files that were salvaged to new ones.");
        _lost = _meter.CreateCounter<long>("outback.journal.lost", "{entry}", "Entries that damage has taken. Each is named in a loss entry.");
        foreach (var counter in (ReadOnlySpan<Counter<long>>)[_failures, _salvages, _lost])
        {
            counter.Add(0);
        }

        foreach (var cause in (ReadOnlySpan<LossCause>)[LossCause.Evicted, LossCause.Thinned])
        {
            OnGivenUp(LossCauses.NameOf(cause), 0);
        }
    }

    public void OnCommit(TimeSpan duration, int entries)
    {
        _commit.Record(duration.TotalSeconds);
        _batch.Record(entries);
    }

    public void OnFailed() => _failures.Add(1);

    /// <summary>Packets were given up; <paramref name="cause"/> is one of a few constants.</summary>
    public void OnGivenUp(string cause, long packets) => _givenUp.Add(packets, new KeyValuePair<string, object?>("cause", cause));

    /// <summary>While the rate is not known, it is infinite: there is nothing to worry about yet.</summary>
    public void ObserveDarkDays(Func<double?> days) => _meter.CreateObservableGauge(
        "journal_dark_time", () => (days() ?? double.PositiveInfinity) * 86_400, "s", "How long the gateway can do without any region until the overflow policy gives up entries, at the last day's rate.");

    public void OnSalvage(long lost)
    {
        _salvages.Add(1);
        _lost.Add(lost);
    }

    public void OnDamaged(long entries) => _lost.Add(entries);

    /// <summary>1 under the trouble that there is.</summary>
    public void ObserveStorage(Func<StorageTrouble> trouble) =>
        _meter.CreateObservableGauge(
            "outback.journal.storage.trouble",
            () => trouble() is var now ? s_troubles.Select(t => new Measurement<int>(t == now ? 1 : 0, new KeyValuePair<string, object?>("trouble", t.ToString()))) : [],
            description: "1 while the journal's disk is full, read-only, failing or damaged: nothing is acknowledged meanwhile.");

    public void ObserveDepth(Func<long> depth, Func<long> bytes, TimeSpan linger)
    {
        _meter.CreateObservableGauge("journal_depth", depth, "{entry}", "Entries that are not safe yet.");
        _meter.CreateObservableGauge("journal_size", bytes, "By", "What the journal's file holds.");
        _meter.CreateObservableGauge("journal_linger", () => linger.TotalSeconds, "s", "How long packets may wait for a commit on purpose (Journal:Linger): part of their latency.");
    }
}
