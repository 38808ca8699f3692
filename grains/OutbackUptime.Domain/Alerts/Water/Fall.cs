namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>What left a tank while nothing filled it.</summary>
/// <param name="Litres">How much.</param>
/// <param name="Hours">In how many hours; 0: nothing is known.</param>
/// <param name="NormalLitres">What would be normal in these hours; NaN: not known.</param>
internal readonly record struct Fall(double Litres, double Hours, double NormalLitres)
{
    public double PerHour => Hours > 0 ? Litres / Hours : double.NaN;

    public double NormalPerHour => Hours > 0 ? NormalLitres / Hours : double.NaN;
}
