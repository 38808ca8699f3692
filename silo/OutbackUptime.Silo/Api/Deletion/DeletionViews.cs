namespace OutbackUptime.Silo.Api.Deletion;

/// <summary>What a deletion will delete: to be read, then confirmed.</summary>
/// <param name="Manifest">What is there.</param>
/// <param name="ManifestSha256">SHA-256 of the manifest's JSON, lower-case hex; the receipt names it.</param>
/// <param name="Confirmation">To be sent back to confirm.</param>
/// <param name="ExpiresAt">Until when.</param>
internal sealed record DeletionPlan(DeletionManifest Manifest, string ManifestSha256, string Confirmation, DateTimeOffset ExpiresAt);

/// <summary>What there was of a station when its deletion was asked for.</summary>
/// <param name="Station">Station id.</param>
/// <param name="RequestedBy">By whom.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="RowsByRegion">Rows by region and table.</param>
internal sealed record DeletionManifest(string Station, string RequestedBy, DateTimeOffset RequestedAt, IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> RowsByRegion);

/// <summary>The second step.</summary>
/// <param name="Confirmation">Of the plan.</param>
/// <param name="Station">The station's id again, typed by a person.</param>
internal sealed record DeletionConfirmation(string Confirmation, string Station);

/// <summary>Proof of a deletion.</summary>
/// <param name="ReceiptId">Its id.</param>
/// <param name="Station">Station id.</param>
/// <param name="RequestedBy">By whom.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="DeletedAt">When nothing was left.</param>
/// <param name="ManifestSha256">Hash of what the plan showed.</param>
/// <param name="DeletedRows">Rows that were deleted, by region and table.</param>
/// <param name="RemainingRows">Rows left, counted afterwards in each region: 0.</param>
internal sealed record DeletionReceipt(
    string ReceiptId, string Station, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset DeletedAt, string ManifestSha256,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> DeletedRows, IReadOnlyDictionary<string, long> RemainingRows);
