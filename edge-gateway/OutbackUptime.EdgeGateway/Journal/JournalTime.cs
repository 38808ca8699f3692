namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>Times as the journal and the wire keep them: microseconds since the Unix epoch.</summary>
internal static class JournalTime
{
    public static long ToMicroseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
