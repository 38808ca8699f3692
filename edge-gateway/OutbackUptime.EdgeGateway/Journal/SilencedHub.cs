namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>Boots of a hub of which packets were given up before every region had them: no receipt may say that all of them is safe.</summary>
/// <param name="Hub">The hub; empty: packets of unknown hubs were lost, which may be anybody's.</param>
/// <param name="FirstBoot">The lowest such boot.</param>
/// <param name="LastBoot">The highest such boot.</param>
internal sealed record SilencedHub(string Hub, long FirstBoot, long LastBoot);
