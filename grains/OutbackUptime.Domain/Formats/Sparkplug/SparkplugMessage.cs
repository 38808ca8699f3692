namespace OutbackUptime.Domain.Formats.Sparkplug;

/// <summary>The messages that an edge node publishes (Sparkplug 3.0 section 4.1).</summary>
public enum SparkplugMessage
{
    /// <summary>NBIRTH: the node's birth certificate; begins a session.</summary>
    NodeBirth,

    /// <summary>NDATA.</summary>
    NodeData,

    /// <summary>NDEATH: the node's last will; ends the session that its bdSeq names.</summary>
    NodeDeath,

    /// <summary>DBIRTH.</summary>
    DeviceBirth,

    /// <summary>DDATA.</summary>
    DeviceData,

    /// <summary>DDEATH.</summary>
    DeviceDeath,
}
