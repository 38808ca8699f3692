using System.Globalization;

namespace OutbackUptime.Domain.Stations;

/// <summary>Local time of a station. Works without time zone files: an offset is enough.</summary>
public static class StationTime
{
    /// <summary>A zone of a fixed offset.</summary>
    /// <param name="offset">From UTC, whole minutes within ±14 h.</param>
    public static TimeZoneInfo OfOffset(TimeSpan offset)
    {
        var name = $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture)}";
        return TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name);
    }

    /// <summary>The sun's time at a longitude, to the half hour: good for day and night, if not for the clock on the wall.</summary>
    public static TimeZoneInfo OfLongitude(double longitude) =>
        OfOffset(TimeSpan.FromMinutes(Math.Clamp(Math.Round(longitude / 7.5), -24, 24) * 30));
}
