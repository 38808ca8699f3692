using System.CommandLine;
using System.CommandLine.Parsing;

namespace OutbackUptime.Bench;

/// <summary>`--only a,b`: which rows are measured.</summary>
internal sealed class OnlyOption
{
    private readonly Option<string[]> _only = new("--only") { AllowMultipleArgumentsPerToken = true };

    public OnlyOption(IReadOnlyList<string> names)
    {
        _only.Description = $"rows to measure, by comma: {string.Join(", ", names)}; absent: all";
        _only.Validators.Add(r =>
        {
            foreach (var bad in r.Tokens.SelectMany(t => Split(t.Value)).Where(n => !names.Contains(n)))
            {
                r.AddError($"--only {bad}: expected of {string.Join(", ", names)}.");
            }
        });
    }

    public void AddTo(Command command) => command.Options.Add(_only);

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<string> Names(ParseResult parsed) => [.. (parsed.GetValue(_only) ?? []).SelectMany(Split)];

    private static string[] Split(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
