using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OutbackUptime.Silo.FailureDetection;

namespace OutbackUptime.Silo.Tests.FailureDetection;

/// <summary>Takeover in under 10 s rests on these settings; whoever loosens them must come by here.</summary>
public sealed class FailureDetectionTests
{
    private readonly IServiceProvider _services = Host.CreateApplicationBuilder()
        .UseOrleans(silo => silo.UseLocalhostClustering().UseFastFailureDetection()).Build().Services;

    [Fact]
    public void AHungSilo_IsDeclaredDeadWithinEightSeconds()
    {
        var o = Get<ClusterMembershipOptions>();

        // Probes until the limit, each no longer than the largest timeout, then the wait for a connection that still seems alive.
        var worst = (o.NumMissedProbesLimit * o.MaxProbeTimeout) + o.MaxProbeTimeout + o.ProbeTimeout;

        Assert.True(worst <= TimeSpan.FromSeconds(8), $"{worst}");
        Assert.True(o.NumVotesForDeathDeclaration <= 2, "a region has two silos; more votes than that wait for the dead");
        Assert.True(o.TableRefreshTimeout <= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void AShortPause_IsNotDeath() =>
        Assert.True(Get<ClusterMembershipOptions>().NumMissedProbesLimit * Get<ClusterMembershipOptions>().ProbeTimeout >= TimeSpan.FromSeconds(3));

    [Fact]
    public void ACall_EndsBeforeTheGatewayGivesUpItsFrame() => Assert.True(Get<SiloMessagingOptions>().ResponseTimeout <= TimeSpan.FromSeconds(5));

    [Fact]
    public void TheDirectory_DoesNotHoldBackTakeovers() => Assert.Equal(TimeSpan.Zero, Get<GrainDirectoryOptions>().RangeLeaseDuration);

    private T Get<T>()
        where T : class => _services.GetRequiredService<IOptions<T>>().Value;
}
