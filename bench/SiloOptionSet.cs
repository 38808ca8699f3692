using System.CommandLine;
using System.CommandLine.Parsing;

namespace OutbackUptime.Bench;

/// <summary>Settings of the silos, so that a change can be tried.</summary>
internal sealed class SiloOptionSet
{
    private readonly Option<string[]> _set = new("--set-silo") { Description = "a setting of every silo, e.g. Stores__Writer__MaxInsertsPerSecond=12" };

    public void AddTo(Command command) => command.Options.Add(_set);

    /// <summary>NAME=VALUE pairs.</summary>
    public IReadOnlyDictionary<string, string> Settings(ParseResult parsed) => (parsed.GetValue(_set) ?? []).ToDictionary(
        p => p.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? p[..at] : throw new BenchException($"--set-silo {p}: expected NAME=VALUE."),
        p => p[(p.IndexOf('=', StringComparison.Ordinal) + 1)..],
        StringComparer.Ordinal);
}
