namespace OutbackUptime.Silo.Tests.Hosting;

/// <summary>Tests of whole silos share their surroundings and don't run side by side.</summary>
[CollectionDefinition(Name)]
public sealed class RegionsCollection : ICollectionFixture<RegionsFixture>
{
    public const string Name = "whole silos";
}
