namespace OutbackUptime.EdgeGateway.Journal.Storage;

/// <summary>What stands between the journal and its disk.</summary>
public enum StorageTrouble
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>No space is left. Hubs are told to keep their packets; what regions commit is trimmed.</summary>
    Full,

    /// <summary>The file system does not take writes.</summary>
    ReadOnly,

    /// <summary>The device reports errors.</summary>
    Failing,

    /// <summary>What was written does not come back as it was.</summary>
    Damaged,
}
