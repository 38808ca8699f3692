namespace OutbackUptime.Bench.Takeover;

/// <summary>Faults as they are typed and reported.</summary>
internal static class FaultNames
{
    public static readonly IReadOnlyDictionary<string, FaultKind> Kinds = new Dictionary<string, FaultKind>(StringComparer.Ordinal)
    {
        ["sigkill"] = FaultKind.Sigkill,
        ["sigstop"] = FaultKind.Sigstop,
        ["link-cut"] = FaultKind.LinkCut,
    };

    public static readonly IReadOnlyDictionary<string, FaultScope> Scopes = new Dictionary<string, FaultScope>(StringComparer.Ordinal)
    {
        ["silo"] = FaultScope.Silo,
        ["region"] = FaultScope.Region,
    };

    public static string Of(FaultKind kind) => Kinds.First(k => k.Value == kind).Key;

    public static string Of(FaultScope scope) => Scopes.First(s => s.Value == scope).Key;
}
