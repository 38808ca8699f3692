namespace OutbackUptime.Silo.Ingest;

/// <summary>Marks connections that came in by the uplink's port. A Host header can be made up, this can't.</summary>
internal sealed record UplinkConnection(bool Encrypted);
