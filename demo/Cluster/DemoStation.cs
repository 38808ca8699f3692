namespace OutbackUptime.Demo.Cluster;

/// <summary>A station of the demo.</summary>
internal sealed record DemoStation(string Id, string Name, double Latitude, double Longitude, string HomeRegion);
