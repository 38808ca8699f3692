namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>What SQLite makes of a frame of the log.</summary>
internal enum WalPlace
{
    /// <summary>It belongs to a commit that SQLite will find.</summary>
    Committed,

    /// <summary>Behind a damaged frame, in a commit that was followed by another one: it was synced, and SQLite will not find it.</summary>
    CutOff,

    /// <summary>Of the last transaction, which was torn by a power cut before anybody was told of it, or else is damaged.</summary>
    Torn,
}
