using System.Globalization;
using System.Text;

namespace OutbackUptime.Bench.Storm;

/// <summary>
/// A station's packets by their journal offset: hubs take turns, seq rises. Always the same bytes for the same offset and time, so that
/// a backlog need not be kept in memory, and what the stores hold can be checked afterwards.
/// </summary>
internal sealed class StormPackets(int station, int hubs, long boot)
{
    /// <summary>As the registry names it.</summary>
    public string Hub(long offset) => string.Create(CultureInfo.InvariantCulture, $"bore-{HubIndex(offset) + 1:00}");

    public long Boot => boot;

    /// <summary>From 0.</summary>
    public long Seq(long offset) => (offset - 1) / hubs;

    /// <summary>A water point's eight metrics, some 240 bytes.</summary>
    public byte[] Payload(long offset, DateTimeOffset at)
    {
        // A slow wave each, so that neighbours are alike, as water is.
        var turn = (Seq(offset) / 40.0) + station + HubIndex(offset);
        var (a, b) = (Math.Sin(turn), Math.Cos(turn / 3));
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"seq\":{Seq(offset)},\"boot\":{boot},\"ts\":\"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\",\"metrics\":{{\"battery_v\":{12.9 + (a / 2):0.00},\"ear_tags_near\":{100 + (int)(b * 40)},\"flow_total_l\":{700_000 + (Seq(offset) * 3)},\"pump_current_a\":{4 + a:0.00},\"signal_dbm\":{-87 + (int)(b * 9)},\"solar_w\":{60 + (a * 50):0.0},\"tank_level_pct\":{70 + (b * 20):0.00},\"temperature_c\":{30 + (a * 8):0.0}}}}}"));
    }

    private long HubIndex(long offset) => (offset - 1) % hubs;
}
