namespace OutbackUptime.Ledger;

/// <summary>The ledger could not be drawn up: a record, store or journal could not be read. No verdict, neither good nor bad.</summary>
public sealed class LedgerException : Exception
{
    public LedgerException(string message)
        : base(message)
    {
    }

    public LedgerException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public LedgerException()
    {
    }
}
