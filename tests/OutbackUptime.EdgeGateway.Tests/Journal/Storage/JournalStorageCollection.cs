namespace OutbackUptime.EdgeGateway.Tests.Journal.Storage;

/// <summary>These use all cores: they run alone, so that tests which wait for something don't wait for them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class JournalStorageCollection
{
    public const string Name = "journal storage";
}
