namespace OutbackUptime.Silo.Alerting;

/// <summary>What became of an attempt.</summary>
/// <param name="Delivered">The receiver took it.</param>
/// <param name="Retry">It may be taken later.</param>
/// <param name="Detail">What the receiver said. Holds no secret and no address.</param>
internal sealed record NoticeOutcome(bool Delivered, bool Retry, string Detail)
{
    public static NoticeOutcome Taken(string detail) => new(true, false, detail);

    public static NoticeOutcome Later(string detail) => new(false, true, detail);

    public static NoticeOutcome Refused(string detail) => new(false, false, detail);
}
