namespace OutbackUptime.Console.Tests.Hosting;

/// <summary>Tests that share a silo with data.</summary>
// Alone: a running demo beside it could take a port that its parts are yet to listen on.
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ConsoleCollection : ICollectionFixture<ConsoleFixture>
{
    public const string Name = "console";
}
