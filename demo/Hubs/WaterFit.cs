using System.Text;

namespace OutbackUptime.Demo.Hubs;

/// <summary>
/// What stands at a water point: fixed by its name, so that the registry and the simulated hub agree. Sized as people do it: two to
/// three days of drinking in the tank, a pump that lifts a day's water even under some cloud.
/// </summary>
/// <param name="Head">Cattle that drink there.</param>
/// <param name="TankLitres">What the tank holds.</param>
/// <param name="PumpLpm">Litres a minute that the pump lifts in full sun.</param>
internal sealed record WaterFit(int Head, int TankLitres, double PumpLpm)
{
    /// <summary>The pump starts below this level and stops at <see cref="StopPercent"/>.</summary>
    public const double StartPercent = 70;

    /// <summary>See <see cref="StartPercent"/>.</summary>
    public const double StopPercent = 97;

    public static WaterFit Of(string station, string hub) => Of(new Random((int)PacketHash.OfBytes(Encoding.UTF8.GetBytes($"{station}/{hub}"))));

    public static WaterFit Of(Random random)
    {
        var head = random.Next(80, 420);
        return new WaterFit(head, (int)Math.Ceiling(head * 70 * (2 + random.NextDouble()) / 5_000) * 5_000, 0.45 * head);
    }
}
