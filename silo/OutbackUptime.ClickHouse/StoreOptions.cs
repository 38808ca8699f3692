using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OutbackUptime.ClickHouse;

/// <summary>The stores of all regions (section `Stores`).</summary>
public sealed class StoreOptions : IValidatableObject
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

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (region, store) in Regions)
        {
            if (string.IsNullOrWhiteSpace(store.ConnectionString))
            {
                yield return new ValidationResult($"Stores:Regions:{region}:ConnectionString is empty: give e.g. Host=…;Port=8123;Username=silo;Database=outback");
            }
            else if (store.PasswordFile is { Length: > 0 } && store.ConnectionString.Contains("Password=", StringComparison.OrdinalIgnoreCase))
            {
                yield return new ValidationResult($"Stores:Regions:{region} has a PasswordFile and a Password in its ConnectionString: leave one of them out");
            }
        }
    }
}
