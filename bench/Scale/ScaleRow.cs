namespace OutbackUptime.Bench.Scale;

/// <summary>What a number of silos did. Null: not measured with that number.</summary>
internal sealed record ScaleRow
{
    public required int Silos { get; init; }

    /// <summary>Silos that know one station and have nothing to do: cores each.</summary>
    public required double IdleCoresPerSilo { get; init; }

    /// <summary>Messages that Orleans sends meanwhile, each second and silo: membership probes, directory, beats.</summary>
    public double? IdleMessagesPerSilo { get; init; }

    /// <summary>Cores of the membership table's process meanwhile.</summary>
    public double? IdleWitnessCores { get; init; }

    /// <summary>Resident bytes of a silo then.</summary>
    public required double BaseBytes { get; init; }

    /// <summary>Managed heap of all silos after a full collection: then; with all registered; with all active and one hub each heard; with all hubs.</summary>
    public required ScaleHeap Heap { get; init; }

    /// <summary>Stations that were active when the heap was looked at: with one hub each, with all.</summary>
    public required long ActiveWithOneHub { get; init; }

    public required long ActiveWithAll { get; init; }

    public double RegistryBytesPerHub { get; init; }

    public double StationBytes { get; init; }

    public double HubBytes { get; init; }

    /// <summary>All that the heaps grew by since they knew one station, by hub: its station, its watch and its part of the registry on each silo are in it.</summary>
    public double AllBytesPerHub { get; init; }

    /// <summary>Resident bytes of all silos with all hubs.</summary>
    public required double ResidentBytes { get; init; }

    /// <summary>From nothing to all stations active.</summary>
    public required double ActivationSeconds { get; init; }

    /// <summary>With all active and nothing coming in: cores a silo, messages a silo and second.</summary>
    public required double RestingCoresPerSilo { get; init; }

    public double? RestingMessagesPerSilo { get; init; }

    public double? PacketsPerSecond { get; init; }

    public double? SiloMicrosecondsPerPacket { get; init; }

    public double? StoreMicrosecondsPerPacket { get; init; }

    /// <summary>After SIGKILL of half of the silos, a region: seconds until the first, half, 99 % and all of its stations had a commit again.</summary>
    public ScaleRecovery? Recovery { get; init; }

    /// <summary>The same of the other region's stations, which should not notice.</summary>
    public ScaleRecovery? Bystanders { get; init; }
}
