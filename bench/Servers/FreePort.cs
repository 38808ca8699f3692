using System.Collections.Concurrent;
using OutbackUptime.Demo.Processes;

namespace OutbackUptime.Bench.Servers;

/// <summary>Loopback ports that nobody listens on.</summary>
internal static class FreePort
{
    private static readonly ConcurrentBag<PortClaim> s_claims = [];

    /// <summary>One that no other test or demo of this user gets as long as this process lives.</summary>
    public static int Next()
    {
        var claim = PortClaim.Any();
        s_claims.Add(claim);
        return claim.Port;
    }
}
