using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.ClickHouse;

/// <summary>One region's store.</summary>
public sealed class RegionStoreOptions
{
    /// <summary>Of ClickHouse.Driver, e.g. `Host=clickhouse.syd;Port=8443;Protocol=https;Username=silo;Password=…;Database=outback`.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// File with the password of the connection string's user, e.g. as Vault's agent writes it; read for each request, so a rotated one
    /// is taken up at once. Absent: the connection string's own password. Not both.
    /// </summary>
    public string? PasswordFile { get; set; }

    /// <summary>Whether packets are compressed on their way to it. Default: not for the silo's own region, for the others yes (bytes between clouds cost money, CPU beside it does not).</summary>
    public bool? Compress { get; set; }
}
