using Microsoft.Extensions.Options;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Silo.Ledger;

/// <summary>Keeps the first receipts of each interval until they are checked. Never waits and never grows beyond its bound.</summary>
internal sealed class ReceiptLedger(IOptions<LedgerOptions> options)
{
    // So many keys of a frame are enough to find a store that lost an INSERT, and no query grows with the frame.
    private const int MaxPackets = 100;

    private readonly Lock _lock = new();
    private List<GivenReceipt> _given = [];

    /// <summary>A receipt goes out.</summary>
    public void Offer(string station, ReadingRow[] packets, IReadOnlyCollection<string> regions)
    {
        if (packets.Length == 0 || regions.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            if (_given.Count < options.Value.MaxReceipts)
            {
                _given.Add(new GivenReceipt(station, packets.Length <= MaxPackets ? packets : packets[..MaxPackets], [.. regions]));
            }
        }
    }

    /// <summary>Those of the interval that ends; the next one begins empty.</summary>
    public IReadOnlyList<GivenReceipt> Take()
    {
        lock (_lock)
        {
            var given = _given;
            _given = [];
            return given;
        }
    }
}
