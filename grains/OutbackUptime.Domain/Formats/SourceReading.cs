using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Formats;

/// <summary>What one publish in another format says.</summary>
public sealed record SourceReading
{
    /// <summary>Its packets, in order; none where it has a <see cref="Fault"/>.</summary>
    public IReadOnlyList<SourcePacket> Packets { get; init; } = [];

    /// <summary>Why it is no good as a whole.</summary>
    public PacketFault? Fault { get; init; }

    /// <summary>What it held beside its packets that no packet can hold; the publish is kept whole for it.</summary>
    public PacketFault? LeftOut { get; init; }

    /// <summary>Whether the same bytes again are the same packets (<see cref="Boots.UnnumberedPacket.MayRepeat"/>).</summary>
    public bool MayRepeat { get; init; }

    /// <summary>Whether its first packet begins a boot.</summary>
    public bool StartsBoot { get; init; }

    /// <summary>How far the number of its first packet rises; those of the others rise by 1.</summary>
    public int Advance { get; init; } = 1;

    /// <summary>Why the hub should be asked for its birth certificates again, if it should.</summary>
    public string? RebirthReason { get; init; }

    /// <summary>A publish that is no good.</summary>
    public static SourceReading Bad(PacketFault fault) => new() { Fault = fault };
}
