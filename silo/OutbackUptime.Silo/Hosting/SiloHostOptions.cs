using System.ComponentModel.DataAnnotations;
using System.Net;

namespace OutbackUptime.Silo.Hosting;

/// <summary>Who this silo is (section `Silo`).</summary>
internal sealed class SiloHostOptions : IValidatableObject
{
    /// <summary>The region it runs in, e.g. `syd`.</summary>
    [Required(ErrorMessage = "Silo:Region is missing: the region that this silo runs in, e.g. Silo__Region=syd")]
    public string Region { get; set; } = "";

    /// <summary>Unique in the cluster; starts with the region and a dash, since other silos take the region from it, e.g. `syd-1`.</summary>
    [Required(ErrorMessage = "Silo:Name is missing: a unique name that starts with the region, e.g. Silo__Name=syd-1")]
    public string Name { get; set; } = "";

    /// <summary>One cluster over all regions, or one cluster a region.</summary>
    public Topology Topology { get; set; } = Topology.Stretched;

    /// <summary>The cluster's id; in cells the region is appended.</summary>
    [Required]
    public string ClusterId { get; set; } = "outback";

    /// <summary>The service's id; the same everywhere.</summary>
    [Required]
    public string ServiceId { get; set; } = "outback";

    /// <summary>The IP address by which the other silos reach this one.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port for other silos.</summary>
    [Range(1, 65535)]
    public int SiloPort { get; set; } = 11111;

    /// <summary>Port for Orleans clients; 0 (default) for none: gateways come by the uplink.</summary>
    [Range(0, 65535)]
    public int GatewayPort { get; set; }

    /// <summary>The cluster that this silo joins.</summary>
    public string EffectiveClusterId => Topology == Topology.Cells ? $"{ClusterId}-{Region}" : ClusterId;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Region.Length > 0 && !Name.StartsWith(Region + "-", StringComparison.Ordinal))
        {
            yield return new ValidationResult($"Silo:Name is '{Name}'; it must start with '{Region}-', since the other silos take this silo's region from its name.");
        }

        if (!IPAddress.TryParse(Address, out _))
        {
            yield return new ValidationResult($"Silo:Address is '{Address}'; expected the IP address by which other silos reach this one.");
        }
    }
}
