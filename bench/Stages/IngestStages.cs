using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using OutbackUptime.Bench.Ingest;
using OutbackUptime.ClickHouse.Writing;
using OutbackUptime.Domain.Dedupe;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Grains.Stores;
using OutbackUptime.Silo.Ingest;
using OutbackUptime.Uplink;

namespace OutbackUptime.Bench.Stages;

/// <summary>What becomes of a frame's packets in a silo, step by step; each step for one packet.</summary>
[MemoryDiagnoser]
[InProcess]
[WarmupCount(3)]
[IterationCount(5)]
public class IngestStages
{
    /// <summary>Packets in a frame.</summary>
    public const int Packets = 200;

    private const int Hubs = 20;
    private readonly FrameReader _reader = new(Options.Create(new UplinkOptions()));
    private readonly RegionDedupe[] _regions = [new(new DedupeLimits()), new(new DedupeLimits())];
    private readonly byte[] _wire;
    private readonly Frame _frame;
    private readonly StoreBatch[] _batches;
    private readonly byte[] _payload;
    private long _seq;

    public IngestStages()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(56);
        _frame = new IngestPackets(Hubs, now).Next(Packets, now);
        _payload = _frame.Entries[0].Payload.ToByteArray();
        _wire = new GatewayMessage { Frame = _frame }.ToByteArray();
        _batches = [new StoreBatch("bench", Guid.Empty, Read().Readings, [])];
    }

    /// <summary>The uplink's message from its bytes.</summary>
    [Benchmark(OperationsPerInvoke = Packets)]
    public GatewayMessage Wire() => GatewayMessage.Parser.ParseFrom(_wire);

    /// <summary>Checks, JSON, clock triage and hash: the frame as the grain gets it.</summary>
    [Benchmark(OperationsPerInvoke = Packets)]
    public IngestFrame Read() => _reader.Read("bench", Guid.Empty, _frame, out var read) is { } fault ? throw new BenchException(fault) : read!;

    /// <summary>Of it the hash alone.</summary>
    [Benchmark(OperationsPerInvoke = Packets)]
    public ulong Hash()
    {
        var sum = 0UL;
        for (var i = 0; i < Packets; i++)
        {
            sum ^= PacketParser.Hash(_payload);
        }

        return sum;
    }

    /// <summary>Plans and records, against both regions, packets that are new.</summary>
    [Benchmark(OperationsPerInvoke = Packets)]
    public int Dedupe()
    {
        var entries = new DedupeEntry[Packets];
        for (var i = 0; i < Packets; i++, _seq++)
        {
            entries[i] = new DedupeEntry(new PacketKey(_frame.Entries[i].Hub, 1, _seq / Hubs), (ulong)_seq);
        }

        foreach (var region in _regions)
        {
            region.Complete(region.Plan(entries).WriteId, committed: true);
        }

        return _regions[0].HubCount;
    }

    /// <summary>Rows for the own region's store.</summary>
    [Benchmark(OperationsPerInvoke = Packets)]
    public Task Encode() => EncodeAsync(Stream.Null);

    /// <summary>Rows for the other region's, packed.</summary>
    [Benchmark(OperationsPerInvoke = Packets)]
    public async Task EncodePacked()
    {
        await using var packed = new System.IO.Compression.GZipStream(Stream.Null, System.IO.Compression.CompressionLevel.Fastest);
        await EncodeAsync(packed).ConfigureAwait(false);
    }

    private async Task EncodeAsync(Stream stream)
    {
        using var writer = new RowBinaryWriter(stream);
        await ReadingRows.WriteAsync(writer, _batches, CancellationToken.None).ConfigureAwait(false);
    }
}
