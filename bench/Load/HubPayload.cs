using System.Globalization;
using System.Text;

namespace OutbackUptime.Bench.Load;

/// <summary>A packet as the demo's hubs send it: a water point's eight metrics, 241 bytes. Only its seq changes from packet to packet.</summary>
internal static class HubPayload
{
    /// <summary>Digits of seq; it starts with a 1, so that none leads with a zero.</summary>
    public const int SeqDigits = 10;

    /// <summary>Where the digits of seq stand.</summary>
    public const int SeqAt = 7;

    /// <summary>The packet with seq 1,000,000,000.</summary>
    public static byte[] Make(DateTimeOffset start) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"seq\":1000000000,\"boot\":{start.ToUnixTimeMilliseconds()},\"ts\":\"{start.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\",\"metrics\":{{\"battery_v\":13.41,\"ear_tags_near\":118,\"flow_total_l\":723911,\"pump_current_a\":4.61,\"signal_dbm\":-87,\"solar_w\":52.4,\"tank_level_pct\":78.31,\"temperature_c\":31.6}}}}"));

    /// <summary>What <see cref="Make"/>'s packet has; the first that is sent has one more.</summary>
    public const long SeqZero = 1_000_000_000;

    /// <summary>The seq of a payload made here.</summary>
    public static long SeqOf(ReadOnlySpan<byte> payload) => long.Parse(payload.Slice(SeqAt, SeqDigits), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Writes the number of the next packet over the digits.</summary>
    public static void Increment(Span<byte> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            if (digits[i] != '9')
            {
                digits[i]++;
                return;
            }

            digits[i] = (byte)'0';
        }
    }
}
