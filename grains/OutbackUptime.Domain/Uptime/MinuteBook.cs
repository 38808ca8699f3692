namespace OutbackUptime.Domain.Uptime;

/// <summary>
/// Minutes of evidence, an hour a page, pages made when something is written in them. Reading what was never written gives nothing.
/// </summary>
/// <typeparam name="T">What a minute holds.</typeparam>
internal sealed class MinuteBook<T>
    where T : struct
{
    // Never written to.
    private static readonly T[] s_blank = new T[60];
    private readonly Dictionary<long, T[]> _pages = [];
    private long _hour = long.MinValue;
    private T[] _page = [];

    /// <summary>How many hours hold something.</summary>
    public int Pages => _pages.Count;

    /// <summary>The minute, to be written to.</summary>
    public ref T At(long minute)
    {
        var hour = Slots.FloorDivide(minute, 60);
        if (hour != _hour || ReferenceEquals(_page, s_blank))
        {
            if (!_pages.TryGetValue(hour, out var page))
            {
                _pages[hour] = page = new T[60];
            }

            (_hour, _page) = (hour, page);
        }

        return ref _page[minute - (hour * 60)];
    }

    /// <summary>The minute, to be read.</summary>
    public ref readonly T Read(long minute)
    {
        var hour = Slots.FloorDivide(minute, 60);
        if (hour != _hour)
        {
            (_hour, _page) = (hour, _pages.GetValueOrDefault(hour) ?? s_blank);
        }

        return ref _page[minute - (hour * 60)];
    }

    /// <summary>Whether the hour of the minute holds anything at all; cheap for the hour last asked for.</summary>
    public bool HasPage(long minute)
    {
        Read(minute);
        return !ReferenceEquals(_page, s_blank);
    }

    /// <summary>Forgets the hours before that of <paramref name="minute"/>.</summary>
    public void ForgetBefore(long minute)
    {
        var first = Slots.FloorDivide(minute, 60);
        foreach (var hour in _pages.Keys.Where(h => h < first).ToArray())
        {
            _pages.Remove(hour);
        }

        _hour = long.MinValue;
    }
}
