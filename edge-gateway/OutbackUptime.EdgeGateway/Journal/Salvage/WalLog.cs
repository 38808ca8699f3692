using System.Buffers.Binary;

namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>
/// SQLite's write-ahead log, read as it lies on the disk (sqlite.org/fileformat2.html section 4). SQLite believes it up to the
/// first frame whose checksum fails, as after a power cut; what lies behind a flipped bit would vanish without a word.
/// </summary>
internal sealed class WalLog
{
    private const int HeaderSize = 32;
    private const int FrameHeaderSize = 24;

    private WalLog(int pageSize, IReadOnlyList<WalFrame> frames) => (PageSize, Frames) = (pageSize, frames);

    /// <summary>Bytes in a page; 0 when the log does not say.</summary>
    public int PageSize { get; }

    /// <summary>The frames of the log's present generation, in order.</summary>
    public IReadOnlyList<WalFrame> Frames { get; }

    /// <summary>Whether there are frames that SQLite will not find.</summary>
    public bool HasTail => Frames.Any(f => f.Place != WalPlace.Committed);

    /// <summary>Reads the frames' headers. A missing file has none.</summary>
    /// <param name="path">The log.</param>
    /// <param name="fallbackPageSize">For a log whose header is damaged.</param>
    public static WalLog Read(string path, int fallbackPageSize)
    {
        if (RawFile.Open(path) is not { } file)
        {
            return new WalLog(0, []);
        }

        using (file)
        {
            var header = new byte[HeaderSize];
            if (file.Length < HeaderSize + FrameHeaderSize || !file.TryRead(0, header))
            {
                return new WalLog(0, []);
            }

            var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
            var pageSize = (int)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8));
            var bigEndian = (magic & 1) == 1;
            var sum = Checksum((0, 0), header.AsSpan(0, 24), bigEndian);
            var isSound = (magic & ~1u) == 0x377F_0682 && RawFile.IsPageSize(pageSize) && sum == Pair(header.AsSpan(24));
            return isSound
                ? Read(file, pageSize, header.AsSpan(16, 8), bigEndian, sum)
                : Read(file, RawFile.IsPageSize(pageSize) && pageSize == fallbackPageSize ? pageSize : fallbackPageSize, default, bigEndian: false, sum: null);
        }
    }

    private static WalLog Read(RawFile file, int pageSize, ReadOnlySpan<byte> headerSalts, bool bigEndian, (uint, uint)? sum)
    {
        var salts = headerSalts.Length > 0 ? headerSalts.ToArray() : Generation(file, pageSize);
        var (frames, commits) = (new List<WalFrame>(), new List<int>());
        var (buffer, believed, isUnbroken) = (new byte[FrameHeaderSize + pageSize], 0, sum is not null);
        for (long position = HeaderSize; position + buffer.Length <= file.Length; position += buffer.Length)
        {
            if (!file.TryRead(position, buffer))
            {
                (isUnbroken, sum) = (false, null);
                continue;
            }

            var follows = sum is { } before && Checksum(Checksum(before, buffer.AsSpan(0, 8), bigEndian), buffer.AsSpan(FrameHeaderSize), bigEndian) == Pair(buffer.AsSpan(16));
            var isCurrent = buffer.AsSpan(8, 8).SequenceEqual(salts);
            if (!isCurrent && !follows)
            {
                (isUnbroken, sum) = (false, null);
                continue;
            }

            // What a damaged frame says its checksum was is still what the next one's begins with, unless it is an older frame's.
            sum = follows || !IsTornSum(position) ? Pair(buffer.AsSpan(16)) : null;
            isUnbroken &= isCurrent && follows;
            frames.Add(new WalFrame(BinaryPrimitives.ReadUInt32BigEndian(buffer), position + FrameHeaderSize, WalPlace.Torn));
            if (BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(4)) != 0 && (follows || !IsTornMark(position)))
            {
                commits.Add(frames.Count);
                believed = isUnbroken ? frames.Count : believed;
            }
        }

        // A commit with frames behind it had been synced before they were written.
        var proven = commits.LastOrDefault(c => c < frames.Count);
        return new WalLog(pageSize, [.. frames.Select((f, i) => f with { Place = i < believed ? WalPlace.Committed : i < proven ? WalPlace.CutOff : WalPlace.Torn })]);
    }

    /// <summary>
    /// Whether a sector ends between a frame's commit mark and its salts: then a torn write may have left the mark of an older
    /// frame before the salts of the new one.
    /// </summary>
    private static bool IsTornMark(long position) => position % 512 == 512 - 8;

    /// <summary>
    /// Whether a sector ends between a frame's salts and its checksum: then a torn write may have left the checksum of an older
    /// frame behind the salts of the new one, and all older frames behind it would seem to follow.
    /// </summary>
    private static bool IsTornSum(long position) => position % 512 == 512 - 16;

    /// <summary>The salts of a log whose header is damaged: those of its first frame that follows from the one before.</summary>
    private static byte[] Generation(RawFile file, int pageSize)
    {
        var buffer = new byte[FrameHeaderSize + pageSize];
        (uint, uint)? sum = null;
        byte[]? first = null;
        for (long position = HeaderSize; position + buffer.Length <= file.Length; position += buffer.Length)
        {
            if (!file.TryRead(position, buffer))
            {
                sum = null;
                continue;
            }

            var salts = buffer.AsSpan(8, 8).ToArray();
            first ??= salts;
            if (sum is { } before && Checksum(Checksum(before, buffer.AsSpan(0, 8), bigEndian: false), buffer.AsSpan(FrameHeaderSize), bigEndian: false) == Pair(buffer.AsSpan(16)))
            {
                return salts;
            }

            sum = Pair(buffer.AsSpan(16));
        }

        return first ?? [];
    }

    private static (uint, uint) Pair(ReadOnlySpan<byte> bytes) => (BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]));

    private static (uint, uint) Checksum((uint First, uint Second) sum, ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        for (var i = 0; i + 8 <= bytes.Length; i += 8)
        {
            var (a, b) = bigEndian
                ? (BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[(i + 4)..]))
                : (BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i + 4)..]));
            sum.First = unchecked(sum.First + a + sum.Second);
            sum.Second = unchecked(sum.Second + b + sum.First);
        }

        return sum;
    }
}
