using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OutbackUptime.ClickHouse;

/// <summary>The stores of all regions (section `Stores`).</summary>
public sealed class StoreOptions
{
    /// <summary>By region; the connection string is ClickHouse.Driver's, with `Database` (default `outback`).</summary>
    [Required, MinLength(1, ErrorMessage = "Stores:Regions is empty: give each region a ConnectionString, e.g. Stores__Regions__syd__ConnectionString=Host=…;Port=8123;Database=outback")]
    public Dictionary<string, RegionStoreOptions> Regions { get; set; } = [];

    /// <summary>Limits of the writers.</summary>
    [ValidateObjectMembers]
    public WriterOptions Writer { get; set; } = new();

    /// <summary>Cold tier.</summary>
    [ValidateObjectMembers]
    public TieringOptions Tiering { get; set; } = new();
}
