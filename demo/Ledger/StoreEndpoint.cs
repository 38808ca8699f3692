namespace OutbackUptime.Ledger;

/// <summary>One region's store as the checker reaches it.</summary>
/// <param name="Region">Region id, e.g. <c>syd</c>.</param>
/// <param name="Uri">ClickHouse's HTTP interface; user and password may stand in it.</param>
public sealed record StoreEndpoint(string Region, Uri Uri);
