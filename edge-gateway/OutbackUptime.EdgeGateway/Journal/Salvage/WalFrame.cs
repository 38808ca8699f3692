namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>A page in the write-ahead log.</summary>
/// <param name="PageNumber">Which page it is a version of.</param>
/// <param name="Position">Where its bytes start in the file.</param>
/// <param name="Place">What SQLite makes of it.</param>
internal readonly record struct WalFrame(uint PageNumber, long Position, WalPlace Place);
