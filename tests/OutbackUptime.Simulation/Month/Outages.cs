namespace OutbackUptime.Simulation.Month;

/// <summary>Second by second, whether one thing is down. The truth: nothing of it is known to the judge.</summary>
internal sealed class Outages(int seconds)
{
    private readonly bool[] _down = new bool[seconds];

    public bool this[int second] => second >= 0 && second < _down.Length && _down[second];

    public int Seconds => _down.Length;

    /// <summary>Down from a second on for a while.</summary>
    public void Add(double from, double length)
    {
        for (var second = Math.Max(0, (int)from); second < Math.Min(_down.Length, (int)(from + length)); second++)
        {
            _down[second] = true;
        }
    }

    /// <summary>Up for a while, within an outage.</summary>
    public void Lift(double from, double length)
    {
        for (var second = Math.Max(0, (int)from); second < Math.Min(_down.Length, (int)(from + length)); second++)
        {
            _down[second] = false;
        }
    }
}
