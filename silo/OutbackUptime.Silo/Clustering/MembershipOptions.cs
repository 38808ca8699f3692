using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.Silo.Clustering;

/// <summary>The membership table (section `Membership`). It belongs in a third place: a table that dies with a region blocks takeover.</summary>
internal sealed class MembershipOptions : IValidatableObject
{
    /// <summary>Of the Azure Storage account (or Azurite). Leave it empty to use <see cref="AccountUri"/>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Table endpoint of the account, e.g. `https://outbackwitness.table.core.windows.net`; opened by the pod's identity: in AKS, or elsewhere by a token that Azure trusts (AZURE_FEDERATED_TOKEN_FILE).</summary>
    public Uri? AccountUri { get; set; }

    /// <summary>Default is the one of the official provider.</summary>
    [RegularExpression("[A-Za-z][A-Za-z0-9]{2,62}")]
    public string TableName { get; set; } = "OrleansSiloInstances";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ConnectionString.Length == 0 && AccountUri is null)
        {
            yield return new ValidationResult("Membership: set ConnectionString (an Azure Storage account or Azurite) or AccountUri (with a managed identity). The silos find each other through it.");
        }
    }
}
