using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>One region as the gateway reaches it.</summary>
public sealed class UplinkRegionOptions
{
    /// <summary>One or more, tried in turn, e.g. `https://syd.example:7443`.</summary>
    [Required]
    public List<string> Endpoints { get; set; } = [];
}
