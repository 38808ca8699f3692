using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Silo.Tests.Clustering;

/// <summary>One Azurite for the class; tests use cluster ids of their own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    public AzuriteServer Azurite { get; private set; } = null!;

    public async Task InitializeAsync() => Azurite = await AzuriteServer.StartAsync();

    public async Task DisposeAsync() => await Azurite.DisposeAsync();
}
