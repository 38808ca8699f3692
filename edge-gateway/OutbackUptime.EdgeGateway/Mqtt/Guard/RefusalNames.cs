using System.Collections.Frozen;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>The names of refusals in metrics and logs: kebab-case.</summary>
internal static class RefusalNames
{
    private static readonly FrozenDictionary<Refusal, string> s_names = Enum.GetValues<Refusal>().ToFrozenDictionary(r => r, Kebab);

    public static string Name(this Refusal refusal) => s_names[refusal];

    private static string Kebab(Refusal refusal) =>
        string.Concat(refusal.ToString().Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
