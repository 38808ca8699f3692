namespace OutbackUptime.Operations.Tests.Stack;

/// <summary>Tests that share one running silo and gateway.</summary>
[CollectionDefinition(Name)]
public sealed class StackCollection : ICollectionFixture<RunningStack>
{
    public const string Name = "running stack";
}
