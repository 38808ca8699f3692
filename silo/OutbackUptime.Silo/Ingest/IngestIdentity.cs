namespace OutbackUptime.Silo.Ingest;

/// <summary>What gateways are told about who answers (section `Silo`).</summary>
public sealed class IngestIdentity
{
    /// <summary>The silo's name, e.g. `syd-1`.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its region, e.g. `syd`.</summary>
    public string Region { get; set; } = "";
}
