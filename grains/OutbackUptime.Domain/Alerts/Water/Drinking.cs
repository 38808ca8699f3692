namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>What cattle drink.</summary>
internal static class Drinking
{
    /// <summary>Assumed where nothing measures it: a warm day.</summary>
    public const double UsualCelsius = 30;

    /// <summary>
    /// Litres a day of a dry cow: 40 at 25 °C and 70 at 32 °C (FutureBeef), straight between and beyond, within 30 and 95.
    /// </summary>
    public static double LitresPerHeadAndDay(double celsius) => Math.Clamp(40 + ((celsius - 25) * 30 / 7), 30, 95);

    /// <summary>
    /// The share of the mean rate at an hour of the local day: mobs come in the morning and the late afternoon, few at night.
    /// Judgement; the learned normal replaces it after three days.
    /// </summary>
    public static double Share(int hour) => hour is >= 20 or < 5 ? 0.35 : 1.5;
}
