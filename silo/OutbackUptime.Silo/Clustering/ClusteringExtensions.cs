using Azure.Data.Tables;
using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Clustering;

/// <summary>Registers membership in an Azure Table.</summary>
internal static class ClusteringExtensions
{
    /// <summary>Uses section `Membership`.</summary>
    public static ISiloBuilder UseAzureTableMembership(this ISiloBuilder silo)
    {
        silo.Services.AddOptionsWithValidateOnStart<MembershipOptions, MembershipOptionsValidator>().BindConfiguration("Membership");
        silo.Services.AddSingleton(p => MembershipTableClient.Create(p.GetRequiredService<IOptions<MembershipOptions>>().Value));
        silo.Services.AddSingleton<IMembershipTable>(p => ActivatorUtilities.CreateInstance<AzureTableMembershipTable>(p));
        return silo;
    }
}
