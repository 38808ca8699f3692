using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.ClickHouse;

/// <summary>One region's store.</summary>
public sealed class RegionStoreOptions
{
    /// <summary>Of ClickHouse.Driver, e.g. `Host=clickhouse.syd;Port=8443;Protocol=https;Username=silo;Password=…;Database=outback`.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";
}
