namespace OutbackUptime.Bench.Small;

/// <summary>What a gateway writes at 100 hubs with a packet every 30 s each.</summary>
/// <param name="Linger">Journal:Linger, seconds.</param>
/// <param name="LinkUp">Whether regions answer, so that entries are marked and trimmed; else the journal grows.</param>
/// <param name="Packets">Acknowledged in the measured time.</param>
/// <param name="BytesPerPacket">write_bytes of /proc/PID/io for each.</param>
/// <param name="GigabytesPerDay">At 288,000 packets a day.</param>
/// <param name="P99Ms">Publish to PUBACK.</param>
internal sealed record FlashRow(double Linger, bool LinkUp, long Packets, double BytesPerPacket, double GigabytesPerDay, double? P99Ms);
