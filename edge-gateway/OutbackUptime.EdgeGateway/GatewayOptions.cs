using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.EdgeGateway;

/// <summary>Who this gateway is (section `Gateway`).</summary>
public sealed class GatewayOptions
{
    /// <summary>The station it speaks for.</summary>
    [Required(ErrorMessage = "Gateway:Station is missing: the id of the station that this gateway speaks for, e.g. Gateway__Station=napperby")]
    [RegularExpression("[a-z0-9][a-z0-9-]{0,63}", ErrorMessage = "Gateway:Station: expected 1 to 64 characters of a-z, 0-9 and '-', starting with a letter or digit")]
    public string Station { get; set; } = "";

    /// <summary>The region it prefers; one of Uplink:Regions.</summary>
    [Required(ErrorMessage = "Gateway:HomeRegion is missing: one of Uplink:Regions, e.g. Gateway__HomeRegion=syd")]
    public string HomeRegion { get; set; } = "";

    /// <summary>Where the journal is kept; on a disk that survives power cuts.</summary>
    [Required(ErrorMessage = "Gateway:DataDirectory is missing: the folder of the journal, e.g. Gateway__DataDirectory=/var/lib/outback")]
    public string DataDirectory { get; set; } = "";

    /// <summary>A file that holds the voltage of the gateway's battery, e.g. /sys/class/power_supply/battery/voltage_now; empty (default): not told.</summary>
    public string BatteryVoltsFile { get; set; } = "";

    /// <summary>Volts for one unit in <see cref="BatteryVoltsFile"/>. Default 0.000001 (microvolts, as Linux' power supplies tell).</summary>
    [Range(1e-9, 1e3)]
    public double BatteryVoltsPerUnit { get; set; } = 1e-6;
}
