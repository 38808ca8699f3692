namespace OutbackUptime.Silo.Api.Export;

/// <summary>What an export holds; its last file, so that an export without one is incomplete.</summary>
/// <param name="Station">Station id.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="ReadFrom">The region whose store was read.</param>
/// <param name="Cutoff">Rows committed there up to here are in it.</param>
/// <param name="Files">All other files.</param>
internal sealed record ExportManifest(string Station, DateTimeOffset CreatedAt, string CreatedBy, string ReadFrom, DateTimeOffset Cutoff, IReadOnlyList<ExportFile> Files);

/// <summary>A file of an export.</summary>
/// <param name="Name">In the archive.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Rows">Rows, of tables in CSV.</param>
internal sealed record ExportFile(string Name, long Bytes, string Sha256, long? Rows);
