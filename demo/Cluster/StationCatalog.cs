namespace OutbackUptime.Demo.Cluster;

/// <summary>Made-up stations in real country. Two of three are at home in Sydney.</summary>
internal static class StationCatalog
{
    private static readonly (string Id, string Name, double Latitude, double Longitude)[] s_known =
    [
        ("mulga-downs", "Mulga Downs", -22.10, 118.47), ("ten-mile", "Ten Mile", -23.42, 131.88), ("coolibah", "Coolibah", -15.56, 130.96),
        ("red-gum", "Red Gum", -26.19, 141.35), ("dingo-creek", "Dingo Creek", -20.72, 139.50), ("salt-bush", "Salt Bush", -30.48, 136.88),
        ("wattle-plain", "Wattle Plain", -24.88, 145.26), ("brolga", "Brolga", -17.68, 141.07), ("stony-bore", "Stony Bore", -28.35, 122.40),
    ];

    public static IReadOnlyList<DemoStation> Take(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var known = s_known[i % s_known.Length];
            var suffix = i < s_known.Length ? "" : $"-{(i / s_known.Length) + 1}";
            return new DemoStation(known.Id + suffix, known.Name + suffix, known.Latitude, known.Longitude, i % 3 == 2 ? "mel" : "syd");
        }),
    ];
}
