namespace OutbackUptime.Simulation.Water;

/// <summary>Sun and heat of a month at the Tropic; local sun time.</summary>
internal sealed class Weather
{
    private readonly double[] _cloud;
    private readonly double[] _mean;

    public Weather(Random random, int days)
    {
        _cloud = new double[days + 1];
        _mean = new double[days + 1];
        var mean = 29.0;
        for (var d = 0; d <= days; d++)
        {
            mean = Math.Clamp(mean + ((random.NextDouble() - 0.5) * 3), 24, 34);
            _mean[d] = mean;
            _cloud[d] = random.Next(10) == 0 ? 0.3 + (0.1 * random.NextDouble()) : 0.7 + (0.3 * random.NextDouble());
        }
    }

    /// <summary>0 to 1: what the panels get.</summary>
    public double Sun(int localMinute)
    {
        var hour = localMinute % 1440 / 60.0;
        return hour is < 6 or > 18 ? 0 : Math.Sin(Math.PI * (hour - 6) / 12) * _cloud[localMinute / 1440];
    }

    public double Mean(int localMinute) => _mean[localMinute / 1440];

    public double Celsius(int localMinute) => Mean(localMinute) - (7 * Math.Cos(2 * Math.PI * ((localMinute % 1440 / 60.0) - 3) / 24));
}
