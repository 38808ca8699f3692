using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.ClickHouse;

/// <summary>One region's store.</summary>
public sealed class RegionStoreOptions
{
    /// <summary>Of ClickHouse.Driver, e.g. `Host=clickhouse.syd;Port=8443;Protocol=https;Username=silo;Password=…;Database=outback`.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>File that holds the user's password and nothing else, in place of the connection string's; read anew when it changes or the server refuses it.</summary>
    public string? PasswordFile { get; set; }
}
