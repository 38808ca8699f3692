using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Orleans.Core.Internal;
using OutbackUptime.Domain.Stations;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Silo.Api.Export;

namespace OutbackUptime.Silo.Api.Deletion;

/// <summary>
/// Deletes all of a station from both stores, in two steps, and proves it. Only of a station that is in no registry any more: a
/// gateway that may still deliver would bring its rows back.
/// </summary>
internal sealed class StationDeletion(
    StoreQueries store, IStationRegistrySource registry, IGrainFactory grains, IDataProtectionProvider protection, IOptions<ApiOptions> options, TimeProvider time)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("outback.deletion").ToTimeLimitedDataProtector();

    /// <summary>The first step: counts, changes nothing.</summary>
    public async Task<DeletionPlan> PlanAsync(string station, string by, CancellationToken cancellationToken)
    {
        CheckGone(station);
        var manifest = new DeletionManifest(station, by, time.GetUtcNow(), await CountAsync(station, cancellationToken).ConfigureAwait(false));
        if (manifest.RowsByRegion.Values.All(t => t.Values.Sum() == 0))
        {
            throw ApiException.NotFound($"There is nothing of '{station}' in any store.");
        }

        var json = JsonSerializer.Serialize(manifest, s_json);
        return new DeletionPlan(manifest, Hash(json), _protector.Protect(json, options.Value.ConfirmationLimit), time.GetUtcNow() + options.Value.ConfirmationLimit);
    }

    /// <summary>The second step: deletes, counts again, writes the receipt into both stores.</summary>
    public async Task<DeletionReceipt> ConfirmAsync(string station, DeletionConfirmation confirmation, string by, CancellationToken cancellationToken)
    {
        CheckGone(station);
        var (manifest, hash) = Check(station, confirmation, by);
        var deleted = await CountAsync(station, cancellationToken).ConfigureAwait(false);
        foreach (var region in store.Stores.All)
        {
            foreach (var table in deleted[region.Region].Where(t => t.Value > 0).Select(t => t.Key))
            {
                // A mutation rewrites the parts, so the rows are gone from the disk too, when the old parts are (8 min). The station's
                // name was checked: it holds a-z, 0-9 and '-' only.
                await region.ExecuteAsync($"ALTER TABLE `{table}` DELETE WHERE station = '{station}' SETTINGS mutations_sync = 2", StoreQueries.Collect(), cancellationToken).ConfigureAwait(false);
            }
        }

        // Its memory of keys that were committed is no longer true.
        await grains.GetGrain<IStationGrain>(station).AsReference<IGrainManagementExtension>().DeactivateOnIdle(cancellationToken).ConfigureAwait(false);
        var left = (await CountAsync(station, cancellationToken).ConfigureAwait(false)).ToDictionary(r => r.Key, r => r.Value.Values.Sum(), StringComparer.Ordinal);
        if (left.Values.Sum() > 0)
        {
            throw new ApiException(StatusCodes.Status500InternalServerError, $"Rows are left ({string.Join(", ", left.Select(l => $"{l.Key}: {l.Value}"))}): something was written meanwhile. Plan the deletion again.");
        }

        var receipt = new DeletionReceipt(Guid.NewGuid().ToString("N"), station, manifest.RequestedBy, manifest.RequestedAt, time.GetUtcNow(), hash, deleted, left);
        await KeepAsync(receipt, cancellationToken).ConfigureAwait(false);
        return receipt;
    }

    /// <summary>Receipts, the newest first.</summary>
    public async Task<IReadOnlyList<DeletionReceipt>> ReceiptsAsync(Paging page, CancellationToken cancellationToken) => await store.ReadAsync(
        $"SELECT receipt FROM deletions FINAL ORDER BY deleted_at DESC, receipt_id {page.Sql}",
        row => JsonSerializer.Deserialize<DeletionReceipt>(row.Text(0), s_json)!, cancellationToken).ConfigureAwait(false);

    private void CheckGone(string station)
    {
        if (!EntityName.IsValid(station))
        {
            throw ApiException.Bad($"station: expected {EntityName.Rule}.");
        }

        if (registry.Current.TryGet(station, out _))
        {
            throw ApiException.Conflict($"'{station}' is in the registry: its gateway would bring its rows back. Take it out of the registry first, then delete.");
        }
    }

    private (DeletionManifest Manifest, string Hash) Check(string station, DeletionConfirmation confirmation, string by)
    {
        if (confirmation.Station != station)
        {
            throw ApiException.Bad($"station: type '{station}' to confirm, found '{confirmation.Station}'.");
        }

        string json;
        try
        {
            json = _protector.Unprotect(confirmation.Confirmation);
        }
        catch (CryptographicException)
        {
            throw ApiException.Bad("confirmation: not of a plan of this service, or older than its limit. Plan the deletion again.");
        }

        var manifest = JsonSerializer.Deserialize<DeletionManifest>(json, s_json)!;
        return manifest.Station == station && manifest.RequestedBy == by ? (manifest, Hash(json))
            : throw ApiException.Bad("confirmation: of another station's or another person's plan.");
    }

    // Both stores must answer: a receipt for one of them would be none.
    private async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>>> CountAsync(string station, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, IReadOnlyDictionary<string, long>>(StringComparer.Ordinal);
        foreach (var region in store.Stores.All)
        {
            counts[region.Region] = await StationTables.CountAsync(region, station, cancellationToken).ConfigureAwait(false);
        }

        return counts;
    }

    private async Task KeepAsync(DeletionReceipt receipt, CancellationToken cancellationToken)
    {
        foreach (var region in store.Stores.All)
        {
            await region.ExecuteAsync(
                """
                INSERT INTO deletions (receipt_id, station, requested_by, requested_at, deleted_at, manifest_sha256, receipt)
                SELECT {id:String}, {station:String}, {by:String}, fromUnixTimestamp64Milli({requested:Int64}), fromUnixTimestamp64Milli({deleted:Int64}), {hash:String}, base64Decode({receipt:String})
                """,
                StoreQueries.Collect(
                    ("id", receipt.ReceiptId), ("station", receipt.Station), ("by", receipt.RequestedBy), ("requested", receipt.RequestedAt.ToUnixTimeMilliseconds()),
                    ("deleted", receipt.DeletedAt.ToUnixTimeMilliseconds()), ("hash", receipt.ManifestSha256), ("receipt", Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(receipt, s_json)))),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Hash(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}
