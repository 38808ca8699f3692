using System.Text.RegularExpressions;

namespace OutbackUptime.Hack.Tests.Scripts;

public sealed partial class HelpTests
{
    public static TheoryData<string> Scripts() => [.. Directory.GetFiles(Repository.PathOf("hack"), "*.sh").Select(f => Path.GetFileName(f)!).Where(f => f != "lib.sh").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Help_WhenAskedFor_ExplainsAndChangesNothing(string script)
    {
        using var world = new FakeWorld();

        var (exit, output) = await world.RunAsync(script, "--help");

        Assert.Equal(0, exit);
        Assert.StartsWith($"Usage: hack/{script}", output, StringComparison.Ordinal);
        Assert.Empty(world.Calls);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_WhenRead_StopsAtTheFirstErrorAndNamesEverySetting(string script)
    {
        var text = File.ReadAllText(Repository.PathOf($"hack/{script}"));
        var help = text[text.IndexOf("<<'USAGE'", StringComparison.Ordinal)..text.IndexOf("\nUSAGE\n", StringComparison.Ordinal)];

        Assert.StartsWith("#!/usr/bin/env bash\n", text, StringComparison.Ordinal);
        Assert.Contains("\nset -euo pipefail\n", text, StringComparison.Ordinal);
        var settings = Setting().Matches(text).Select(m => m.Groups[1].Value).Distinct().Except(["IFS"]);
        Assert.All(settings, s => Assert.Contains(s, help, StringComparison.Ordinal));
    }

    [ToolFact("shellcheck")]
    public async Task Shellcheck_WhenRunOnEveryScript_FindsNothing()
    {
        var scripts = Directory.GetFiles(Repository.PathOf("hack"), "*.sh");
        await using var process = Testing.Processes.ChildProcess.Start("bash", ["-c", "cd \"$1\" && shift && shellcheck -x \"$@\"", "-", Repository.Root, .. scripts]);

        var exit = await process.WaitForExitAsync(TimeSpan.FromSeconds(30));

        Assert.True(exit == 0, process.Output);
    }

    // A setting with a default: ${NAME:-…}.
    [GeneratedRegex(@"\$\{([A-Z][A-Z_]+):-")]
    private static partial Regex Setting();
}
