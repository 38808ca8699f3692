using System.CommandLine;
using System.CommandLine.Parsing;

namespace OutbackUptime.Bench;

/// <summary>Which gateway, and with which settings.</summary>
internal sealed class GatewayOptionPair
{
    private readonly Option<string?> _program = new("--gateway") { Description = "the gateway's program; absent: the native one if hack/publish-gateway.sh made it, else the one just built" };
    private readonly Option<string[]> _set = new("--set") { Description = "a setting of the gateway, e.g. Journal__Linger=00:00:00.005" };

    public void AddTo(Command command)
    {
        command.Options.Add(_program);
        command.Options.Add(_set);
    }

    public string? Program(ParseResult parsed) => parsed.GetValue(_program);

    /// <summary>NAME=VALUE pairs.</summary>
    public IReadOnlyDictionary<string, string> Settings(ParseResult parsed)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in parsed.GetValue(_set) ?? [])
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            settings[at > 0 ? pair[..at] : throw new BenchException($"--set {pair}: expected NAME=VALUE.")] = pair[(at + 1)..];
        }

        return settings;
    }
}
