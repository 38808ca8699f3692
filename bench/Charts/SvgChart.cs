using System.Globalization;
using System.Security;
using System.Text;

namespace OutbackUptime.Bench.Charts;

/// <summary>
/// Draws a chart as SVG: no script, no font but the reader's own, light or dark as the reader's page is. The same chart gives the same
/// bytes. Series differ by dashes too, not by colour alone.
/// </summary>
internal static class SvgChart
{
    /// <summary>More could not be told apart.</summary>
    public const int MostSeries = 6;

    private const int Width = 760;
    private const int Height = 420;
    private const int Left = 74;
    private const int Right = 20;
    private const int Top = 48;
    private const int LegendLine = 20;
    private const int Bottom = 56;
    private const int LegendColumns = 3;

    private const string Style = """
        <style>
        text{font:13px system-ui,sans-serif;fill:#1f2933}.title{font-weight:600;font-size:15px}.ground{fill:#ffffff}
        .grid{stroke:#d9dee3;stroke-width:1}.axis{stroke:#5f6b76;stroke-width:1}.target{stroke:#5f6b76;stroke-width:1.5;stroke-dasharray:2 4}
        .l{fill:none;stroke-width:2}.s0{stroke:#0b62a4}.s1{stroke:#b8450b}.s2{stroke:#1b7837}.s3{stroke:#7b3294}.s4{stroke:#8a6d00}.s5{stroke:#b2185c}
        .f0{fill:#0b62a4}.f1{fill:#b8450b}.f2{fill:#1b7837}.f3{fill:#7b3294}.f4{fill:#8a6d00}.f5{fill:#b2185c}
        @media (prefers-color-scheme:dark){text{fill:#e6e9ec}.ground{fill:#14181c}.grid{stroke:#333c45}.axis,.target{stroke:#9aa5b1}
        .s0{stroke:#6cb6f5}.s1{stroke:#ff9d66}.s2{stroke:#7fd394}.s3{stroke:#cf9ee6}.s4{stroke:#e0c04f}.s5{stroke:#ff85b8}
        .f0{fill:#6cb6f5}.f1{fill:#ff9d66}.f2{fill:#7fd394}.f3{fill:#cf9ee6}.f4{fill:#e0c04f}.f5{fill:#ff85b8}}
        </style>
        """;

    private static readonly string[] s_dashes = ["", "7 3", "2 3", "10 3 2 3", "5 2", "1 4"];

    /// <summary>The file's text.</summary>
    public static string Render(Chart chart)
    {
        if (chart.Series.Count is 0 or > MostSeries)
        {
            throw new ArgumentException($"A chart has 1 to {MostSeries} series, not {chart.Series.Count}.", nameof(chart));
        }

        var legend = chart.Series.Count == 1 && chart.Kind != ChartKind.Cdf ? 0 : ((chart.Series.Count + LegendColumns - 1) / LegendColumns) * LegendLine;
        var plot = new Plot(chart, Left, Top + legend, Width - Left - Right, Height - Bottom - Top - legend);
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Escape(chart.Title)}\">");
        svg.Append(Style.ReplaceLineEndings("\n")).Append('\n');
        Line(svg, $"<rect class=\"ground\" width=\"{Width}\" height=\"{Height}\"/>");
        Line(svg, $"<text class=\"title\" x=\"{Left}\" y=\"26\">{Escape(chart.Title)}</text>");
        if (legend > 0)
        {
            Legend(svg, chart);
        }

        Axes(svg, chart, plot);
        for (var i = 0; i < chart.Series.Count; i++)
        {
            if (chart.Kind == ChartKind.Bar)
            {
                Bars(svg, chart, plot, i);
            }
            else
            {
                Curve(svg, chart, plot, i);
            }
        }

        Line(svg, $"</svg>");
        return svg.ToString();
    }

    private static void Legend(StringBuilder svg, Chart chart)
    {
        const int Column = (Width - Left - Right) / LegendColumns;
        for (var i = 0; i < chart.Series.Count; i++)
        {
            var (x, y) = (Left + (i % LegendColumns * Column), Top - 4 + (i / LegendColumns * LegendLine));
            if (chart.Kind == ChartKind.Bar)
            {
                Line(svg, $"<rect class=\"f{i}\" x=\"{x}\" y=\"{y - 6}\" width=\"22\" height=\"10\"/>");
            }
            else
            {
                Line(svg, $"<line class=\"l s{i}\" stroke-dasharray=\"{s_dashes[i]}\" x1=\"{x}\" y1=\"{y - 1}\" x2=\"{x + 22}\" y2=\"{y - 1}\"/>");
            }

            Line(svg, $"<text x=\"{x + 28}\" y=\"{y + 4}\">{Escape(chart.Series[i].Name)}</text>");
        }
    }

    private static void Axes(StringBuilder svg, Chart chart, Plot plot)
    {
        foreach (var tick in plot.Y.Ticks)
        {
            Line(svg, $"<line class=\"grid\" x1=\"{plot.Left}\" y1=\"{plot.YAt(tick):0.##}\" x2=\"{plot.Left + plot.Width}\" y2=\"{plot.YAt(tick):0.##}\"/>");
            Line(svg, $"<text text-anchor=\"end\" x=\"{plot.Left - 8}\" y=\"{plot.YAt(tick) + 4:0.##}\">{plot.Y.Label(tick)}</text>");
        }

        if (chart.Kind == ChartKind.Bar)
        {
            for (var i = 0; i < chart.Categories.Count; i++)
            {
                Line(svg, $"<text text-anchor=\"middle\" x=\"{plot.GroupAt(i) + (plot.Group / 2):0.##}\" y=\"{plot.Bottom + 18}\">{Escape(chart.Categories[i])}</text>");
            }
        }
        else
        {
            foreach (var tick in plot.X.Ticks)
            {
                Line(svg, $"<text text-anchor=\"middle\" x=\"{plot.XAt(tick):0.##}\" y=\"{plot.Bottom + 18}\">{plot.X.Label(tick)}</text>");
            }
        }

        Line(svg, $"<line class=\"axis\" x1=\"{plot.Left}\" y1=\"{plot.Bottom}\" x2=\"{plot.Left + plot.Width}\" y2=\"{plot.Bottom}\"/>");
        Line(svg, $"<text text-anchor=\"middle\" x=\"{plot.Left + (plot.Width / 2)}\" y=\"{Height - 14}\">{Escape(chart.XLabel)}</text>");
        Line(svg, $"<text text-anchor=\"middle\" transform=\"translate(18 {plot.Top + (plot.Height / 2)}) rotate(-90)\">{Escape(chart.YLabel)}</text>");
        if (chart.Target is { } target)
        {
            var (x1, y1, x2, y2) = chart.Kind == ChartKind.Cdf
                ? (plot.XAt(target), plot.Top, plot.XAt(target), plot.Bottom)
                : (plot.Left, plot.YAt(target), plot.Left + plot.Width, plot.YAt(target));
            Line(svg, $"<line class=\"target\" x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\"/>");
        }
    }

    private static void Bars(StringBuilder svg, Chart chart, Plot plot, int series)
    {
        var width = plot.Group * 0.8 / chart.Series.Count;
        foreach (var point in chart.Series[series].Points)
        {
            var x = plot.GroupAt((int)point.X) + (plot.Group * 0.1) + (series * width);
            Line(svg, $"<rect class=\"f{series}\" x=\"{x:0.##}\" y=\"{plot.YAt(point.Y):0.##}\" width=\"{width * 0.94:0.##}\" height=\"{plot.Bottom - plot.YAt(point.Y):0.##}\"/>");
        }
    }

    private static void Curve(StringBuilder svg, Chart chart, Plot plot, int series)
    {
        var path = new StringBuilder();
        var (steps, last) = (chart.Kind == ChartKind.Cdf, plot.YAt(0));
        foreach (var point in chart.Series[series].Points)
        {
            var (x, y) = (plot.XAt(point.X), plot.YAt(point.Y));
            if (steps)
            {
                path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x:0.##} {last:0.##}L{x:0.##} {y:0.##}");
            }
            else
            {
                path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x:0.##} {y:0.##}");
            }

            last = y;
        }

        if (steps && path.Length > 0)
        {
            path.Append(CultureInfo.InvariantCulture, $"L{plot.Left + plot.Width:0.##} {last:0.##}");
        }

        Line(svg, $"<path class=\"l s{series}\" stroke-dasharray=\"{s_dashes[series]}\" d=\"{path}\"/>");
    }

    private static void Line(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Escape(string text) => SecurityElement.Escape(text);

    /// <summary>Where things are on the plot.</summary>
    private sealed class Plot
    {
        public Plot(Chart chart, double left, double top, double width, double height)
        {
            (Left, Top, Width, Height) = (left, top, width, height);
            var points = chart.Series.SelectMany(s => s.Points).ToArray();
            var target = chart.Target ?? 0;
            var cdf = chart.Kind == ChartKind.Cdf;
            X = AxisScale.For(points.Select(p => p.X).Append(cdf ? target : 0).Max());
            Y = cdf ? new AxisScale(1, 0.2) : AxisScale.For(points.Select(p => p.Y).Append(target).Max());
            Group = Width / Math.Max(1, chart.Categories.Count);
        }

        public double Left { get; }

        public double Top { get; }

        public double Width { get; }

        public double Height { get; }

        public double Bottom => Top + Height;

        public AxisScale X { get; }

        public AxisScale Y { get; }

        public double Group { get; }

        public double XAt(double value) => Left + (value / X.Max * Width);

        public double YAt(double value) => Bottom - (value / Y.Max * Height);

        public double GroupAt(int category) => Left + (category * Group);
    }
}
