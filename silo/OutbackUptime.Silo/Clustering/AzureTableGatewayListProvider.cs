using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime;

namespace OutbackUptime.Silo.Clustering;

/// <summary>Tells Orleans clients which silos have a client port, from the same table.</summary>
internal sealed class AzureTableGatewayListProvider(TableClient table, IOptions<ClusterOptions> cluster, IOptions<GatewayOptions> gateway) : IGatewayListProvider
{
    /// <inheritdoc/>
    public TimeSpan MaxStaleness => gateway.Value.GatewayListRefreshPeriod;

    /// <inheritdoc/>
    public bool IsUpdatable => true;

    /// <inheritdoc/>
    public Task InitializeGatewayListProvider() => table.CreateIfNotExistsAsync();

    /// <inheritdoc/>
    public async Task<IList<Uri>> GetGateways()
    {
        var gateways = new List<Uri>();
        var clusterId = cluster.Value.ClusterId.Replace("'", "''", StringComparison.Ordinal);
        await foreach (var row in table.QueryAsync<TableEntity>($"PartitionKey eq '{clusterId}' and Status eq 'Active'").ConfigureAwait(false))
        {
            var entry = SiloRow.FromEntity(row);
            if (entry.ProxyPort != 0)
            {
                var silo = entry.SiloAddress;
                gateways.Add(SiloAddress.New(new System.Net.IPEndPoint(silo.Endpoint.Address, entry.ProxyPort), silo.Generation).ToGatewayUri());
            }
        }

        return gateways;
    }
}
