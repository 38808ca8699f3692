namespace OutbackUptime.Ledger.Stores;

/// <summary>Takes rows out of a stream of RowBinary.</summary>
internal interface IRowSink
{
    /// <summary>Reads one row and takes it in. False, and nothing taken in, where the bytes end within it.</summary>
    bool TryTake(ref RowBinaryCursor cursor);
}
