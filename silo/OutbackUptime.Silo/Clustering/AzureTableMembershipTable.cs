using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace OutbackUptime.Silo.Clustering;

/// <summary>
/// Orleans' membership in an Azure Table, in the rows of the official provider (docs/decisions/0001). Each change of a
/// silo's row goes in one transaction with the version row, guarded by both ETags: of two silos that change at once, one loses.
/// </summary>
internal sealed class AzureTableMembershipTable(TableClient table, IOptions<ClusterOptions> cluster) : IMembershipTable
{
    private readonly string _clusterId = cluster.Value.ClusterId;

    /// <inheritdoc/>
    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        await table.CreateIfNotExistsAsync().ConfigureAwait(false);
        if (!tryInitTableVersion)
        {
            return;
        }

        try
        {
            await table.AddEntityAsync(VersionEntity(0)).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Another silo was first.
        }
    }

    /// <inheritdoc/>
    public async Task<MembershipTableData> ReadAll() => ToData(await RowsAsync($"PartitionKey eq {Quoted(_clusterId)}").ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task<MembershipTableData> ReadRow(SiloAddress key) => ToData(
        await RowsAsync($"PartitionKey eq {Quoted(_clusterId)} and (RowKey eq {Quoted(SiloRow.KeyOf(key))} or RowKey eq {Quoted(SiloRow.VersionRowKey)})").ConfigureAwait(false));

    /// <inheritdoc/>
    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        SubmitAsync(new TableTransactionAction(TableTransactionActionType.Add, SiloRow.ToEntity(_clusterId, entry)), tableVersion);

    /// <inheritdoc/>
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        SubmitAsync(new TableTransactionAction(TableTransactionActionType.UpdateReplace, SiloRow.ToEntity(_clusterId, entry), new ETag(etag)), tableVersion);

    /// <inheritdoc/>
    public async Task UpdateIAmAlive(MembershipEntry entry)
    {
        // Says nothing about who is a member, so it neither needs the version nor may it collide with those who change it.
        var row = new TableEntity(_clusterId, SiloRow.KeyOf(entry.SiloAddress)) { ["IAmAliveTime"] = LogFormatter.PrintDate(entry.IAmAliveTime) };
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Merge).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        foreach (var row in await RowsAsync($"PartitionKey eq {Quoted(_clusterId)}").ConfigureAwait(false))
        {
            if (row.RowKey == SiloRow.VersionRowKey)
            {
                continue;
            }

            var entry = SiloRow.FromEntity(row);
            var lastSeen = entry.IAmAliveTime > entry.StartTime ? entry.IAmAliveTime : entry.StartTime;
            if (entry.Status != SiloStatus.Active && lastSeen < beforeDate.UtcDateTime)
            {
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async Task DeleteMembershipTableEntries(string clusterId)
    {
        foreach (var row in await RowsAsync($"PartitionKey eq {Quoted(clusterId)}").ConfigureAwait(false))
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All).ConfigureAwait(false);
        }
    }

    private async Task<bool> SubmitAsync(TableTransactionAction change, TableVersion version)
    {
        try
        {
            await table.SubmitTransactionAsync(
            [
                change,
                new TableTransactionAction(TableTransactionActionType.UpdateReplace, VersionEntity(version.Version), new ETag(version.VersionEtag)),
            ]).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            // Somebody else changed the table first: Orleans reads it again and decides anew.
            return false;
        }
    }

    private async Task<List<TableEntity>> RowsAsync(string filter)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter).ConfigureAwait(false))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static MembershipTableData ToData(List<TableEntity> rows)
    {
        var version = rows.Find(r => r.RowKey == SiloRow.VersionRowKey);
        var silos = rows.Where(r => r.RowKey != SiloRow.VersionRowKey).Select(r => Tuple.Create(SiloRow.FromEntity(r), r.ETag.ToString())).ToList();
        return new MembershipTableData(
            silos,
            version is null
                ? new TableVersion(0, "0")
                : new TableVersion(int.Parse(version.GetString(SiloRow.Version), CultureInfo.InvariantCulture), version.ETag.ToString()));
    }

    private TableEntity VersionEntity(int version) => new(_clusterId, SiloRow.VersionRowKey)
    {
        ["DeploymentId"] = _clusterId,
        [SiloRow.Version] = version.ToString(CultureInfo.InvariantCulture),
    };

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
