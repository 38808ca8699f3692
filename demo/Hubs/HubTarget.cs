namespace OutbackUptime.Demo.Hubs;

/// <summary>A hub to simulate.</summary>
/// <param name="Id">Hub id, also its MQTT user name.</param>
/// <param name="Secret">Its MQTT password.</param>
/// <param name="Boot">Whether it counts its restarts and says so; else the gateway assigns boots. Absent: about one hub in ten doesn't.</param>
internal sealed record HubTarget(string Id, string Secret, bool? Boot = null);
