namespace OutbackUptime.Domain.Regions;

/// <summary>
/// Which region a gateway speaks to. Prefers home; leaves a region that fails twice in a row or is wedged; goes home when
/// home has been healthy for a while. Needs no DNS and no control plane: only what the gateway itself sees.
/// </summary>
public sealed class RegionChooser
{
    private readonly RegionChooserOptions _options;
    private readonly string[] _regions;
    private readonly Random _random;
    private readonly Dictionary<string, Health> _health;
    private DateTimeOffset? _homeHealthySince;
    private DateTimeOffset? _cameHomeAt;
    private TimeSpan _settleTime;
    private int _fruitless;

    /// <param name="options">Patience.</param>
    /// <param name="home">The home region; among <paramref name="regions"/>.</param>
    /// <param name="regions">All regions.</param>
    /// <param name="random">For jitter.</param>
    public RegionChooser(RegionChooserOptions options, string home, IEnumerable<string> regions, Random random)
    {
        (_options, Home, Current, _random) = (options, home, home, random);
        _regions = [home, .. regions.Where(r => r != home)];
        _settleTime = options.SettleTime;
        _health = _regions.ToDictionary(r => r, _ => new Health(), StringComparer.Ordinal);
    }

    /// <summary>The home region.</summary>
    public string Home { get; }

    /// <summary>The region spoken to, or tried next.</summary>
    public string Current { get; private set; }

    /// <summary>The next connection to make.</summary>
    public RegionAttempt Next => new(Current, _health[Current].RetryAt);

    /// <summary>
    /// How many times its limits a new connection may take before it counts as wedged: doubles with each wedge, up to 16, until
    /// something is committed. Where every region is wedged the gateway must not hop between them.
    /// </summary>
    public int WedgePatience => 1 << Math.Min(_fruitless, 4);

    /// <summary>The current region's receipt named a commit.</summary>
    public void OnCommit() => (_health[Current].Failures, _fruitless) = (0, 0);

    /// <summary>
    /// A call to the current region failed: connect refused, stream broken, frame without an answer in time. Returns true when
    /// the gateway should go to another region, which is <see cref="Current"/> then.
    /// </summary>
    public bool OnFailed(DateTimeOffset now)
    {
        var health = _health[Current];
        health.Failures++;
        health.LastFailureAt = now;
        var backoff = Math.Min(
            _options.FirstBackoff.TotalMilliseconds * Math.Pow(2, Math.Min(health.Failures - 1, 20)),
            _options.LongestBackoff.TotalMilliseconds);
        health.RetryAt = now.AddMilliseconds(backoff * (0.5 + (_random.NextDouble() / 2)));
        return health.Failures >= _options.FailuresToLeave && Leave(now);
    }

    /// <summary>
    /// The connection is up and moves nothing. Returns true when the gateway should go to another region; false when the
    /// others failed a moment ago, so that a new connection to this one is the better try.
    /// </summary>
    public bool OnWedged(DateTimeOffset now)
    {
        _fruitless++;
        var health = _health[Current];
        (health.LastFailureAt, health.RetryAt) = (now, now);
        return _regions.Any(r => r != Current && now - _health[r].LastFailureAt > _options.RecentFailure) && Leave(now);
    }

    /// <summary>Away from home, the result of a trial connection to it. Returns true when it is time to go home.</summary>
    public bool OnHomeProbe(bool healthy, DateTimeOffset now)
    {
        if (!healthy)
        {
            _homeHealthySince = null;
            return false;
        }

        _homeHealthySince ??= now;
        if (Current == Home || now - _homeHealthySince < _settleTime)
        {
            return false;
        }

        _health[Home] = new Health();
        (Current, _cameHomeAt) = (Home, now);
        return true;
    }

    private bool Leave(DateTimeOffset now)
    {
        // The one whose last failure is the longest ago; home first among equals.
        var next = _regions.Where(r => r != Current).OrderBy(r => _health[r].LastFailureAt).FirstOrDefault();
        if (next is null)
        {
            return false;
        }

        if (Current == Home)
        {
            // A trial connection can look healthy where frames get nowhere.
            _settleTime = now - _cameHomeAt < _options.StableTime
                ? TimeSpan.FromTicks(Math.Min(_settleTime.Ticks * 2, Math.Max(_options.SettleTime.Ticks, _options.LongestSettleTime.Ticks)))
                : _options.SettleTime;
        }

        (_homeHealthySince, Current) = (null, next);
        return true;
    }

    private sealed class Health
    {
        public int Failures { get; set; }

        public DateTimeOffset LastFailureAt { get; set; } = DateTimeOffset.MinValue;

        public DateTimeOffset RetryAt { get; set; } = DateTimeOffset.MinValue;
    }
}
