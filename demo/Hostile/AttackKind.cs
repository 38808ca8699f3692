namespace OutbackUptime.Demo.Hostile;

/// <summary>What an attacker does to a gateway's front door.</summary>
internal enum AttackKind
{
    /// <summary>Sends random bytes.</summary>
    Noise,

    /// <summary>Sends half a CONNECT and then nothing.</summary>
    HalfConnect,

    /// <summary>Sends a good CONNECT's beginning byte by byte.</summary>
    SlowLoris,

    /// <summary>Declares a packet of 268 MB (MQTT 5 section 1.5.5: the most that a length can say) and sends a little of it.</summary>
    Oversized,

    /// <summary>Says a wrong password, again and again.</summary>
    WrongPassword,
}
