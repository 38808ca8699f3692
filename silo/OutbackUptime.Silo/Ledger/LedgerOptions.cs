using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.Silo.Ledger;

/// <summary>The silo's check of its own receipts (section `Ledger`).</summary>
internal sealed class LedgerOptions
{
    /// <summary>How often receipts are checked, each one or two of these after it was given. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many receipts are checked in such a time; further ones are not. A receipt costs each store a read of some keys. Default 20.</summary>
    [Range(1, 1000)]
    public int MaxReceipts { get; set; } = 20;
}
