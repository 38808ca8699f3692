using OutbackUptime.Domain.Formats.Sparkplug;

namespace OutbackUptime.EdgeGateway.Formats;

/// <summary>Asks Sparkplug nodes for their birth certificates, each at most every 10 s: a certificate is large, and one is enough.</summary>
internal sealed class RebirthRequests(TimeProvider time)
{
    private const int MaxRemembered = 4096;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _asked = new(StringComparer.Ordinal);

    /// <summary>Asks, unless it was asked just now; whether it was asked.</summary>
    public async Task<bool> AskAsync(IHubCommands commands, string station, string hub)
    {
        if (!IsDue(hub))
        {
            return false;
        }

        await commands.SendAsync(CommandTopics.Node(station, hub), SparkplugRebirth.Write(time.GetUtcNow())).ConfigureAwait(false);
        return true;
    }

    private bool IsDue(string hub)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (_asked.TryGetValue(hub, out var last) && time.GetElapsedTime(last, now) < s_interval)
            {
                return false;
            }

            if (_asked.Count >= MaxRemembered)
            {
                _asked.Clear();
            }

            _asked[hub] = now;
            return true;
        }
    }
}
