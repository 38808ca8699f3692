using System.Diagnostics;

namespace OutbackUptime.Testing;

/// <summary>Waits for what happens in another process or on another thread and raises no event: looks often, with a bound.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition, TimeSpan? limit = null, Func<string>? describe = null) =>
        TrueAsync(() => Task.FromResult(condition()), limit, describe);

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? limit = null, Func<string>? describe = null)
    {
        var watch = Stopwatch.StartNew();
        var bound = limit ?? TimeSpan.FromSeconds(30);
        while (!await condition())
        {
            if (watch.Elapsed > bound)
            {
                throw new TimeoutException($"Not true within {bound.TotalSeconds} s. {describe?.Invoke()}");
            }

            await Task.Delay(s_interval);
        }
    }
}
