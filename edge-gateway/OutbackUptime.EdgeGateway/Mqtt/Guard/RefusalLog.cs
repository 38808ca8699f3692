using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>Counts each refusal, and logs them at a bounded rate: a hostile client must not fill the card with lines.</summary>
internal sealed partial class RefusalLog(IOptions<GuardOptions> options, MqttInstruments instruments, TimeProvider time, ILogger<RefusalLog> logger)
{
    private const int MaxDetail = 200;
    private readonly ILogger _logger = logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<Refusal, (long At, long Since)> _logged = [];

    /// <summary>Counts a refusal of <paramref name="who"/>, and logs it unless one of its kind was logged just now.</summary>
    public void Add(Refusal refusal, string who, string detail)
    {
        instruments.OnRefused(refusal.Name());
        var now = time.GetTimestamp();
        long since;
        lock (_lock)
        {
            var known = _logged.TryGetValue(refusal, out var last);
            if (known && time.GetElapsedTime(last.At, now) < options.Value.LogInterval)
            {
                _logged[refusal] = (last.At, last.Since + 1);
                return;
            }

            since = known ? last.Since : 0;
            _logged[refusal] = (now, 0);
        }

        LogRefused(refusal.Name(), Clean(who), Clean(detail), since);
    }

    /// <summary>What a client sent, fit for a line of log.</summary>
    private static string Clean(string text) =>
        string.Concat(text.Take(MaxDetail).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)) + (text.Length > MaxDetail ? "…" : "");

    [LoggerMessage(1, LogLevel.Warning, "Refused ({Refusal}) {Who}: {Detail} ({Since} more of this kind since the last such line)")]
    private partial void LogRefused(string refusal, string who, string detail, long since);
}
