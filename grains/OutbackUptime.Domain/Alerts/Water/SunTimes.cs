namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>
/// Sunrise and sunset to some 15 minutes: declination by cosine (Cooper 1969), no refraction, no equation of time. Rules ask
/// whether a battery lasts until sunrise, not when to open a garden.
/// </summary>
internal static class SunTimes
{
    /// <summary>Hours from sunrise to solar noon, 3 to 9 (nobody keeps cattle nearer to a pole).</summary>
    public static double HalfDayHours(double latitude, int dayOfYear)
    {
        var declination = 23.45 * Math.Sin(2 * Math.PI * (284 + dayOfYear) / 365) * Math.PI / 180;
        var cosine = -Math.Tan(latitude * Math.PI / 180) * Math.Tan(declination);
        return Math.Clamp(Math.Acos(Math.Clamp(cosine, -1, 1)) * 12 / Math.PI, 3, 9);
    }

    /// <summary>The hour of the sun's own day, 0 to 24; 12 is its highest stand.</summary>
    public static double SolarHour(DateTimeOffset at, double longitude) =>
        (((at.UtcDateTime.TimeOfDay.TotalHours + (longitude / 15)) % 24) + 24) % 24;

    /// <summary>Hours until the next sunrise; 0: the sun is up.</summary>
    public static double HoursToSunrise(DateTimeOffset at, double latitude, double longitude)
    {
        var half = HalfDayHours(latitude, at.UtcDateTime.DayOfYear);
        var hour = SolarHour(at, longitude);
        return hour < 12 - half ? 12 - half - hour : hour > 12 + half ? 36 - half - hour : 0;
    }
}
