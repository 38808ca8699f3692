using Orleans.Configuration;

namespace OutbackUptime.Silo.FailureDetection;

/// <summary>
/// How fast dead silos are noticed. Measured with these settings: a region's stations answer again 2 s after SIGKILL of its
/// silos and 5 to 6 s after a hang or a partition, and a silo that pauses for up to 4 s stays. A test guards the bound.
/// </summary>
internal static class FailureDetectionExtensions
{
    /// <summary>Sets them.</summary>
    public static ISiloBuilder UseFastFailureDetection(this ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = TimeSpan.FromSeconds(1);
            // Must be set: its default of 4 x ProbeTimeout also delays votes about silos whose connection still seems alive.
            o.MaxProbeTimeout = TimeSpan.FromSeconds(1.5);
            o.NumMissedProbesLimit = 3;
            o.NumVotesForDeathDeclaration = 2;
            o.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            o.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            o.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(60);
        });
        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(5));
        silo.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(5));

        // With the default directory the loss of a region's silos also deactivates about half of the other region's grains.
        // The lease of 30 s would hold back takeovers; two activations at once are harmless here (I6).
#pragma warning disable ORLEANSEXP003 // Experimental: pinned by the package's version.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.Configure<GrainDirectoryOptions>(o => o.RangeLeaseDuration = TimeSpan.Zero);
        return silo;
    }
}
