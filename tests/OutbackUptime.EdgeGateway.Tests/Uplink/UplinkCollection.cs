namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>Real sockets and short timeouts: these tests run alone, after the others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class UplinkCollection
{
    public const string Name = "Uplink";
}
