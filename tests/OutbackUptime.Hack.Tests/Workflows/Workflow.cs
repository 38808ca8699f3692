using System.Text.RegularExpressions;

namespace OutbackUptime.Hack.Tests.Workflows;

/// <summary>A workflow's text and its jobs', told apart by indentation: two spaces a level, as all of ours have.</summary>
internal sealed partial record Workflow(string Name, string Text, IReadOnlyDictionary<string, string> Jobs)
{
    public static IReadOnlyList<Workflow> All { get; } =
        [.. Directory.GetFiles(Repository.PathOf(".github/workflows"), "*.yml").Order(StringComparer.Ordinal).Select(f => Parse(Path.GetFileName(f), File.ReadAllText(f)))];

    /// <summary>What comes before the jobs: triggers, permissions, concurrency.</summary>
    public string Head => Text[..Text.IndexOf("\njobs:\n", StringComparison.Ordinal)];

    public IEnumerable<string> Uses => UsesLine().Matches(Text).Select(m => m.Groups[1].Value);

    /// <summary>The lines that a shell gets.</summary>
    public IEnumerable<string> Commands()
    {
        var block = -1;
        foreach (var line in Text.Split('\n'))
        {
            var indent = line.Length - line.TrimStart().Length;
            if (block >= 0 && (line.Trim().Length == 0 || indent > block))
            {
                yield return line.Trim();
                continue;
            }

            block = -1;
            var run = RunLine().Match(line);
            if (run.Success && run.Groups[2].Value == "|")
            {
                block = run.Groups[1].Length;
            }
            else if (run.Success)
            {
                yield return run.Groups[2].Value;
            }
        }
    }

    public static Workflow Parse(string name, string text)
    {
        var body = text[(text.IndexOf("\njobs:\n", StringComparison.Ordinal) + "\njobs:\n".Length)..];
        var parts = JobLine().Split(body);
        var jobs = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i + 1 < parts.Length; i += 2)
        {
            jobs.Add(parts[i], parts[i + 1]);
        }

        return new Workflow(name, text, jobs);
    }

    [GeneratedRegex(@"^ *(?:- )?uses: *(.+)$", RegexOptions.Multiline)]
    private static partial Regex UsesLine();

    [GeneratedRegex(@"^( *)(?:- )?run: *(.+)$")]
    private static partial Regex RunLine();

    [GeneratedRegex(@"^  ([a-z][a-z-]*):\n", RegexOptions.Multiline)]
    private static partial Regex JobLine();
}
