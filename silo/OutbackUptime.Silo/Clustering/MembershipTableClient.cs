using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;

namespace OutbackUptime.Silo.Clustering;

/// <summary>Makes the client of the membership table.</summary>
internal static class MembershipTableClient
{
    public static TableClient Create(MembershipOptions options)
    {
        // The defaults (three tries of 100 s) would stall votes about dead silos; Orleans tries again by itself.
        var client = new TableClientOptions();
        client.Retry.MaxRetries = 2;
        client.Retry.Mode = RetryMode.Fixed;
        client.Retry.Delay = TimeSpan.FromMilliseconds(200);
        client.Retry.NetworkTimeout = TimeSpan.FromSeconds(2);
        var service = options.ConnectionString.Length > 0
            ? new TableServiceClient(options.ConnectionString, client)
            : new TableServiceClient(options.AccountUri!, new DefaultAzureCredential(), client);
        return service.GetTableClient(options.TableName);
    }
}
