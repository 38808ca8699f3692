using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.ClickHouse;

/// <summary>Moves old parts of `readings` to a colder disk. Off by default.</summary>
public sealed class TieringOptions
{
    /// <summary>Days after which parts move; 0 (default) is never.</summary>
    [Range(0, 36500)]
    public int ColdAfterDays { get; set; }

    /// <summary>The server's storage policy that has the cold volume.</summary>
    [RegularExpression("[A-Za-z0-9_]+")]
    public string StoragePolicy { get; set; } = "tiered";

    /// <summary>The policy's cold volume.</summary>
    [RegularExpression("[A-Za-z0-9_]+")]
    public string ColdVolume { get; set; } = "cold";
}
