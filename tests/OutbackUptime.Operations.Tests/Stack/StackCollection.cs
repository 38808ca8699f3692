namespace OutbackUptime.Operations.Tests.Stack;

/// <summary>Tests that share one running silo and gateway.</summary>
// Alone: a running demo beside it could take a port that its parts are yet to listen on.
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class StackCollection : ICollectionFixture<RunningStack>
{
    public const string Name = "running stack";
}
