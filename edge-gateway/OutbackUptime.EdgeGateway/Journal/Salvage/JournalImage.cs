using System.Buffers.Binary;
using OutbackUptime.EdgeGateway.Journal.Storage;

namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>
/// A journal's pages as they lie in the database and its log, without SQLite: each version of each page, whether or not a tree
/// leads to it.
/// </summary>
internal sealed class JournalImage : IDisposable
{
    /// <summary>What this program and earlier ones have made, the usual first.</summary>
    private static readonly int[] s_pageSizes = [1024, 4096];

    private const int GuessBytes = 4 << 20;
    private const int PagesAtOnce = 64;
    private readonly RawFile? _database;
    private readonly RawFile? _wal;
    private readonly Dictionary<uint, long> _latest = [];

    public JournalImage(JournalFiles files)
    {
        _database = RawFile.Open(files.Database);
        _wal = RawFile.Open(files.Wal);
        var header = new byte[24];
        var size = _database?.TryRead(0, header) == true && header.AsSpan().StartsWith("SQLite format 3"u8) ? BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16)) : 0;
        size = size == 1 ? 65536 : RawFile.IsPageSize(size) ? size : Guess(_database);
        Log = WalLog.Read(files.Wal, size);
        // The log's header has a checksum, the database's has none.
        PageSize = Log.PageSize > 0 ? Log.PageSize : size;
        foreach (var frame in Log.Frames)
        {
            _latest[frame.PageNumber] = frame.Position;
        }
    }

    public int PageSize { get; }

    public WalLog Log { get; }

    /// <summary>Whether there is anything to read.</summary>
    public bool IsEmpty => (_database?.Length ?? 0) == 0 && Log.Frames.Count == 0;

    /// <summary>All pages of the database, then all of the log. The bytes are good until the next one.</summary>
    public IEnumerable<(ReadOnlyMemory<byte> Page, WalPlace Place, bool IsFirst)> Pages() => DatabasePages().Concat(LogPages(_ => true));

    /// <summary>The log's pages that SQLite will not find.</summary>
    public IEnumerable<(ReadOnlyMemory<byte> Page, WalPlace Place, bool IsFirst)> TailPages() => LogPages(f => f.Place != WalPlace.Committed);

    /// <summary>The newest version of a page, by its number; then the one in the database. A long payload's pages may be of either.</summary>
    public bool TryReadPage(uint number, bool fromDatabase, Span<byte> page) =>
        number > 0 && (!fromDatabase && _latest.TryGetValue(number, out var position)
            ? _wal!.TryRead(position, page)
            : _database?.TryRead((number - 1) * (long)PageSize, page) == true);

    /// <inheritdoc/>
    public void Dispose()
    {
        _database?.Dispose();
        _wal?.Dispose();
    }

    /// <summary>The size by which most bytes are whole pages of a tree, when the header does not tell.</summary>
    private static int Guess(RawFile? database)
    {
        var (best, most) = (s_pageSizes[0], 0L);
        foreach (var size in s_pageSizes)
        {
            var page = new byte[size];
            var sound = 0L;
            for (long at = size; at < Math.Min(database?.Length ?? 0, GuessBytes); at += size)
            {
                sound += database!.TryRead(at, page) && new PageLayout(page, isFirst: false).Cells() is { Length: > 0 } ? size : 0;
            }

            (best, most) = sound > most ? (size, sound) : (best, most);
        }

        return best;
    }

    private IEnumerable<(ReadOnlyMemory<byte>, WalPlace, bool)> DatabasePages()
    {
        if (_database is null)
        {
            yield break;
        }

        var pages = (_database.Length + PageSize - 1) / PageSize;
        var buffer = new byte[PagesAtOnce * PageSize];
        for (var first = 0L; first < pages; first += PagesAtOnce)
        {
            var isWhole = _database.TryRead(first * PageSize, buffer);
            for (var i = 0; i < PagesAtOnce && first + i < pages; i++)
            {
                var page = buffer.AsMemory(i * PageSize, PageSize);
                if (isWhole || TryReadSome((first + i) * PageSize, page.Span))
                {
                    yield return (page, WalPlace.Committed, first + i == 0);
                }
            }
        }
    }

    /// <summary>A page of a file that was cut short within it: its rows grow from its end, but those in front are worth a look.</summary>
    private bool TryReadSome(long position, Span<byte> page)
    {
        var there = (int)Math.Min(page.Length, _database!.Length - position);
        page[there..].Clear();
        return there > 0 && _database.TryRead(position, page[..there]);
    }

    private IEnumerable<(ReadOnlyMemory<byte>, WalPlace, bool)> LogPages(Func<WalFrame, bool> wanted)
    {
        var buffer = new byte[PageSize];
        foreach (var frame in Log.Frames.Where(wanted))
        {
            if (_wal!.TryRead(frame.Position, buffer))
            {
                yield return (buffer, frame.Place, frame.PageNumber == 1);
            }
        }
    }
}
