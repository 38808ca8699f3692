using System.Data.Common;
using System.Globalization;

namespace OutbackUptime.Silo.Api;

/// <summary>Reads columns whatever width the driver gives them.</summary>
internal static class Rows
{
    public static long Long(this DbDataReader row, int column) => row.GetValue(column) is ulong big ? unchecked((long)big) : Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    public static double Number(this DbDataReader row, int column) => Convert.ToDouble(row.GetValue(column), CultureInfo.InvariantCulture);

    /// <summary>A time in microseconds since 1970.</summary>
    public static DateTimeOffset Time(this DbDataReader row, int column) => DateTimeOffset.UnixEpoch.AddMicroseconds(row.Long(column));

    /// <summary>A time in microseconds since 1970, or null for 0.</summary>
    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int column) => row.Long(column) is var us && us == 0 ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(us);

    public static string Text(this DbDataReader row, int column) => row.GetValue(column) switch { byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes), var v => Convert.ToString(v, CultureInfo.InvariantCulture) ?? "" };

    public static long Micros(this DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
