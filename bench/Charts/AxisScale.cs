using System.Globalization;

namespace OutbackUptime.Bench.Charts;

/// <summary>An axis from 0 to a round number, with round ticks (1, 2 or 5 times a power of ten).</summary>
internal sealed record AxisScale(double Max, double Step)
{
    private const int MostTicks = 6;

    /// <summary>One that holds the largest value.</summary>
    public static AxisScale For(double largest)
    {
        if (!double.IsFinite(largest) || largest <= 0)
        {
            return new AxisScale(1, 0.2);
        }

        var raw = largest / MostTicks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * new[] { 1, 2, 5, 10 }.First(m => m * power >= raw * (1 - 1e-9));
        return new AxisScale(step * Math.Ceiling((largest / step) - 1e-9), step);
    }

    /// <summary>From 0 to the end.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round(Max / Step) + 1).Select(i => i * Step);

    /// <summary>As it stands at the axis: thousands and millions are short.</summary>
    public string Label(double value) => (Max, Step) switch
    {
        ( >= 2_000_000, _) => Text(value / 1e6, Step / 1e6) + (value == 0 ? "" : "M"),
        ( >= 10_000, _) => Text(value / 1e3, Step / 1e3) + (value == 0 ? "" : "k"),
        _ => Text(value, Step),
    };

    private static string Text(double value, double step)
    {
        var digits = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 6);
        return value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
