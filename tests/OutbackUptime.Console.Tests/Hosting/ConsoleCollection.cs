namespace OutbackUptime.Console.Tests.Hosting;

/// <summary>Tests that share a silo with data.</summary>
[CollectionDefinition(Name)]
public sealed class ConsoleCollection : ICollectionFixture<ConsoleFixture>
{
    public const string Name = "console";
}
