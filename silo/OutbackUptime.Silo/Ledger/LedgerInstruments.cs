using System.Diagnostics.Metrics;

namespace OutbackUptime.Silo.Ledger;

/// <summary>Counters of the receipts' check.</summary>
internal sealed class LedgerInstruments
{
    private readonly Counter<long> _checked;
    private readonly Counter<long> _missing;

    public LedgerInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("OutbackUptime.Ledger");
        _checked = meter.CreateCounter<long>("outback.ledger.checked", "{packet}", "Packets of this silo's receipts that were read back from the store that was said to have them.");
        _missing = meter.CreateCounter<long>("outback.ledger.missing", "{packet}", "Packets among them that were not there: a gateway was told something untrue.");
    }

    /// <summary>Packets were looked for in a region's store. With 0 a counter can be seen before it counts.</summary>
    public void OnChecked(string region, long packets, long missing)
    {
        var tag = new KeyValuePair<string, object?>("region", region);
        _checked.Add(packets, tag);
        _missing.Add(missing, tag);
    }
}
