using System.ComponentModel.DataAnnotations;

namespace OutbackUptime.Silo.Registry;

/// <summary>Where the station registry is (section `Registry`).</summary>
public sealed class RegistryOptions
{
    /// <summary>The JSON file. Read at start, and again when it changes.</summary>
    [Required]
    public string Path { get; set; } = "stations.json";

    /// <summary>How often the file is looked at for changes; a mounted ConfigMap raises no reliable event. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);
}
