using System.Buffers;
using System.Text.Json;

namespace OutbackUptime.Demo.Hubs;

/// <summary>
/// One hub's firmware without its radio: says what to publish next. Pure: same seed, start and times give the same packets.
/// </summary>
internal sealed class PacketSource
{
    /// <summary>Most packets back that a repeat reaches; within the gateway's memory of 256.</summary>
    public const int MaxRepeatBack = 16;

    private readonly Random _random;
    private readonly HubFleetOptions _options;
    private readonly WaterPoint _water;
    private readonly TimeSpan _clockError;
    private readonly bool _noClockAtBoot;
    private readonly bool _noClock;
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private DateTimeOffset _bootedAt;
    private long? _boot;
    private long _seq;

    public PacketSource(string station, HubTarget hub, HubFleetOptions options, DateTimeOffset startedAt)
    {
        _options = options;
        _random = new Random(SeedOf(options.Seed, station, hub.Id));
        _water = new WaterPoint(_random, WaterFit.Of(station, hub.Id), options.Faults.GetValueOrDefault($"{station}/{hub.Id}"));
        _bootedAt = startedAt;
        _clockError = TimeSpan.FromMilliseconds(_random.Next(-4_000, 4_000));
        var sendsBoot = hub.Boot ?? _random.Next(10) != 0;
        // Random, but new with every start, so that a second run with the same seed never says the same key twice.
        _boot = sendsBoot ? startedAt.ToUnixTimeMilliseconds() + _random.Next(1_000) : null;
        _noClockAtBoot = _random.Next(20) == 0;
        // Only time makes the payloads of a hub without boot differ after a restart: it must have a clock.
        _noClock = sendsBoot && _random.Next(20) == 0;
    }

    /// <summary>When the first packet is due, so that hubs don't march in step.</summary>
    public TimeSpan FirstDelay => _options.Interval * _random.NextDouble();

    /// <summary>What is published at <paramref name="now"/>: one packet, seldom a bad one before it.</summary>
    public IEnumerable<HubPacket> Next(DateTimeOffset now)
    {
        if (_random.NextDouble() < _options.BadShare)
        {
            var payload = BadPackets.Make(_random);
            yield return new HubPacket(HubPacketKind.Bad, null, 0, PacketHash.OfBytes(payload), payload, 0);
        }

        if (_seq > 0 && _random.NextDouble() < _options.RebootShare)
        {
            _boot++;
            _seq = 0;
            _bootedAt = now;
        }

        var metrics = _water.Measure(now);
        var hubTime = HubTime(now);
        var repeatBack = _random.NextDouble() < _options.RepeatShare ? _random.Next(1, MaxRepeatBack + 1) : 0;
        var seq = _seq++;
        yield return new HubPacket(
            HubPacketKind.Good, _boot, seq, PacketHash.OfContent(hubTime, metrics), Write(seq, hubTime, metrics), repeatBack);
    }

    /// <summary>A seed that depends on nothing but its arguments (string hash codes differ per process).</summary>
    private static int SeedOf(int seed, string station, string hub) =>
        (int)PacketHash.OfBytes(System.Text.Encoding.UTF8.GetBytes($"{seed}/{station}/{hub}"));

    private DateTimeOffset? HubTime(DateTimeOffset now)
    {
        if (_noClock)
        {
            return null;
        }

        // No battery for the clock: 1970 until the network told the time, a few packets later.
        var uptime = now - _bootedAt;
        var time = _noClockAtBoot && _boot is not null && _seq < 5 ? DateTimeOffset.UnixEpoch + uptime : now + _clockError;
        return DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
    }

    private byte[] Write(long seq, DateTimeOffset? hubTime, SortedDictionary<string, double> metrics)
    {
        _buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_buffer);
        writer.WriteStartObject();
        writer.WriteNumber("seq", seq);
        if (_boot is { } boot)
        {
            writer.WriteNumber("boot", boot);
        }

        if (hubTime is { } ts)
        {
            writer.WriteString("ts", ts.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
        }

        writer.WriteStartObject("metrics");
        foreach (var (name, value) in metrics)
        {
            // Shortest exact form, the same as "R".
            writer.WriteNumber(name, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return _buffer.WrittenSpan.ToArray();
    }
}
