namespace OutbackUptime.EdgeGateway.Tests.Journal.Storage;

internal enum DiskOpKind
{
    Create,
    Write,
    Truncate,
    Sync,
    Delete,
    Rename,
    SyncDirectory,
}

/// <summary>One step on the disk.</summary>
/// <param name="Kind">What.</param>
/// <param name="File">Name within the directory.</param>
/// <param name="Offset">Write: where. Truncate: the new size.</param>
/// <param name="Bytes">Write: what.</param>
/// <param name="To">Rename: the new name.</param>
internal sealed record DiskOp(DiskOpKind Kind, string File, long Offset = 0, byte[]? Bytes = null, string To = "");
