using System.Xml.Linq;
using OutbackUptime.Bench.Charts;

namespace OutbackUptime.Bench.Tests.Charts;

public sealed class SvgChartTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Render_WhenItIsALine_HasAPathForEachSeriesAndTheAxesNames()
    {
        var svg = XDocument.Parse(SvgChart.Render(Line(new ChartSeries("a < b", [new(0, 0), new(10, 5)]), new ChartSeries("c", [new(0, 1)]))));

        Assert.Equal(2, svg.Descendants(s_svg + "path").Count());
        var texts = svg.Descendants(s_svg + "text").Select(t => t.Value).ToArray();
        Assert.Contains("a < b", texts);
        Assert.Contains("seconds", texts);
        Assert.Contains("MB", texts);
    }

    [Fact]
    public void Render_WhenCalledAgain_GivesTheSameBytes()
    {
        var chart = Line(new ChartSeries("a", [new(0.1, 0.3), new(1 / 3.0, 2)]));

        Assert.Equal(SvgChart.Render(chart), SvgChart.Render(chart));
    }

    [Fact]
    public void Render_WhenThePageIsDark_HasColoursForIt() => Assert.Contains("prefers-color-scheme:dark", SvgChart.Render(Line(new ChartSeries("a", [new(1, 1)]))), StringComparison.Ordinal);

    [Fact]
    public void Render_WhenItIsBars_DrawsOneForEachPointFromTheAxisUp()
    {
        var chart = new Chart(ChartKind.Bar, "t", "silos", "MB", [new ChartSeries("a", [new(0, 10), new(1, 20)])]) { Categories = ["1", "2"] };

        var bars = XDocument.Parse(SvgChart.Render(chart)).Descendants(s_svg + "rect").Where(r => (string?)r.Attribute("class") == "f0").ToArray();

        Assert.Equal(2, bars.Length);
        Assert.Equal(2, (double)bars[1].Attribute("height")! / (double)bars[0].Attribute("height")!, 1);
    }

    [Fact]
    public void Render_WhenItIsADistribution_ClimbsInSteps()
    {
        var chart = new Chart(ChartKind.Cdf, "t", "seconds", "share", [ChartSeries.Distribution("a", [3, 1])]);

        var path = (string)XDocument.Parse(SvgChart.Render(chart)).Descendants(s_svg + "path").Single().Attribute("d")!;

        // Up, across, up, and on to the end.
        Assert.Equal(5, path.Count(c => c is 'M' or 'L'));
    }

    [Fact]
    public void Render_WhenThereAreTooManySeries_Refuses() =>
        Assert.Throws<ArgumentException>(() => SvgChart.Render(Line([.. Enumerable.Range(0, 7).Select(i => new ChartSeries($"{i}", []))])));

    [Theory]
    [InlineData(0.7, 0.8, 0.2)]
    [InlineData(9.3, 10, 2)]
    [InlineData(10, 10, 2)]
    [InlineData(61, 80, 20)]
    [InlineData(33_000, 40_000, 10_000)]
    public void For_WhenAnAxisHoldsAValue_EndsAtARoundNumber(double largest, double max, double step)
    {
        var scale = AxisScale.For(largest);

        Assert.Equal(max, scale.Max, 9);
        Assert.Equal(step, scale.Step, 9);
    }

    [Theory]
    [InlineData(33_000, 10_000, "10k")]
    [InlineData(5_000_000, 1_000_000, "1M")]
    [InlineData(0.7, 0.4, "0.4")]
    [InlineData(61, 20, "20")]
    public void Label_WhenNumbersAreLarge_IsShort(double largest, double value, string label) => Assert.Equal(label, AxisScale.For(largest).Label(value));

    [Fact]
    public void Distribution_WhenValuesAreTaken_SharesEndAtOne() =>
        Assert.Equal([new(1, 0.5), new(3, 1)], ChartSeries.Distribution("a", [3, 1]).Points);

    private static Chart Line(params ChartSeries[] series) => new(ChartKind.Line, "title", "seconds", "MB", series);
}
