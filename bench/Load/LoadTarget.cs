using System.Net;

namespace OutbackUptime.Bench.Load;

/// <summary>Where to publish.</summary>
/// <param name="Port">On loopback.</param>
/// <param name="Tls">Whether by TLS.</param>
/// <param name="Station">Topics are stations/{Station}/hubs/{hub}/packets.</param>
/// <param name="Secret">Every hub's password.</param>
internal sealed record LoadTarget(int Port, bool Tls, string Station, string Secret)
{
    /// <summary>The name of a hub.</summary>
    public static string Hub(int index) => $"hub-{index:00000}";

    /// <summary>The address in 127/8 that a hub comes from: each has its own, as hubs have.</summary>
    public static IPAddress AddressOf(int index) => new([127, 1, (byte)(index / 250), (byte)((index % 250) + 1)]);
}
