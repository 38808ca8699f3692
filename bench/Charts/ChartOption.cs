using System.CommandLine;
using System.CommandLine.Parsing;

namespace OutbackUptime.Bench.Charts;

/// <summary>The option `--charts [DIR]`: where a suite leaves its charts, if it is asked to.</summary>
internal sealed class ChartOption
{
    private readonly Option<DirectoryInfo?> _charts = new("--charts")
    {
        Description = "draw the charts of the report (SVG) into this folder; docs/performance when none is named",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public void AddTo(Command command) => command.Options.Add(_charts);

    /// <summary>The folder; null when charts were not asked for.</summary>
    public string? Folder(ParseResult parsed) => parsed.GetResult(_charts) is null ? null : parsed.GetValue(_charts)?.FullName ?? Path.GetFullPath(Path.Combine("docs", "performance"));

    /// <summary>Writes a chart's file, if charts were asked for.</summary>
    public static void Write(string? folder, string name, Chart chart)
    {
        if (folder is not null && chart.Series.Any(s => s.Points.Count > 0))
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, name + ".svg"), SvgChart.Render(chart));
        }
    }
}
