using OutbackUptime.Domain.Clocks;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Overflow;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal.Overflow;

/// <summary>
/// Thins packets that no region has, oldest first: in one pass over the journal those of the chattiest hubs, then in another those
/// of all. Used by the journal's writer only.
/// </summary>
/// <param name="reader">The journal.</param>
/// <param name="damaged">Gets the entries that can't be read; they are replaced by loss entries elsewhere.</param>
internal sealed class PacketThinner(JournalDatabase reader, List<DamagedEntry> damaged)
{
    /// <summary>Packets read in one step, and packets replaced in one, at most.</summary>
    private const int MaxPackets = 2000;

    private const int MaxGathered = 50_000;
    private const int MaxFragments = 10_000;
    private const int Samples = 32;
    private const int SamplePackets = 64;

    private ThinningPass? _pass;
    private IReadOnlySet<string>? _chatty;
    private long _cursor;
    private long? _firstYoung;
    private bool _scanned;
    private bool _sparesSome;
    private bool _sparedSome;
    private DateTimeOffset _restUntil = DateTimeOffset.MinValue;

    /// <summary>Everything before it has been thinned as far as that pays.</summary>
    public long DoneBefore { get; private set; }

    /// <summary>Whether a step may find something.</summary>
    public bool MayThin(DateTimeOffset now) => _pass is not null || now >= _restUntil;

    /// <summary>Room has been made: the pass ends here. What it has gathered is left as it is.</summary>
    public void Stop()
    {
        if (_pass is { } pass && !_sparesSome)
        {
            DoneBefore = Math.Max(DoneBefore, Math.Min(_firstYoung ?? _cursor, pass.FirstOffset ?? _cursor));
        }

        (_pass, _sparedSome) = (null, false);
    }

    /// <summary>One step; its relief may be empty while packets are being gathered. Null: there is nothing to thin for now.</summary>
    /// <param name="journal">What there is.</param>
    /// <param name="before">Only packets received before are thinned; none of the quarter of an hour that is not over.</param>
    /// <param name="chattyFirst">Whether hubs with few packets are spared first.</param>
    /// <param name="now">The time.</param>
    public Relief? Step(JournalContents journal, DateTimeOffset before, bool chattyFirst, DateTimeOffset now)
    {
        var pass = _pass ??= Begin(journal, chattyFirst);
        if (!_scanned && !pass.HasClosed)
        {
            Scan(pass, journal, ThinnedRow.BucketOf(now) < before ? ThinnedRow.BucketOf(now) : before);
        }

        var runs = pass.Take(MaxPackets).Where(r => r.Offsets.All(journal.IsOnlyCopy)).ToList();
        if (_scanned && !pass.HasClosed && runs.Count == 0)
        {
            return End(before, now) ? new Relief([], [], LossCause.Thinned, 0) : null;
        }

        return new Relief(
            new OffsetRangeSet(runs.SelectMany(r => r.Offsets).Select(o => new OffsetRange(o, o))).Ranges,
            [.. runs.Select(r => new JournalEntry(0, JournalEntryKind.Thinned, r.Row.Hub, r.Row.Boot, false, r.Row.FirstSeq, now, 0, r.Payload, "", "", ""))],
            LossCause.Thinned,
            runs.Sum(r => r.Row.Packets));
    }

    /// <summary>What is not a packet that can be read is left as it is.</summary>
    private static ThinCandidate? Candidate(JournalEntry entry)
    {
        if (entry.Kind != JournalEntryKind.Packet || !PacketParser.TryParse(entry.Payload.Span, out var packet, out _))
        {
            return null;
        }

        var (eventTime, _) = ClockTriage.Judge(packet.HubTime, entry.ReceivedAt);
        return new ThinCandidate(entry.Offset, entry.Hub, entry.Boot, entry.Seq, eventTime, entry.ReceivedAt, packet.Metrics, entry.Payload.Length + JournalSize.EntryOverhead);
    }

    private ThinningPass Begin(JournalContents journal, bool chattyFirst)
    {
        (_cursor, _firstYoung, _scanned) = (Math.Max(DoneBefore, journal.Kept.NextPresent(0)), null, false);
        _chatty = chattyFirst && !_sparedSome && _cursor < journal.Next
            ? ChattyHubs.Choose(reader.SampleHubs(new OffsetRange(_cursor, journal.Next - 1), Samples, SamplePackets))
            : null;
        _sparesSome = _chatty is not null;
        return new ThinningPass(MaxGathered, JournalSize.EntryOverhead);
    }

    private void Scan(ThinningPass pass, JournalContents journal, DateTimeOffset before)
    {
        if (journal.Kept.Ranges.Count >= MaxFragments)
        {
            // Gaps are kept in memory: past a bound nobody is spared, so that they close.
            _chatty = null;
        }

        var seen = damaged.Count;
        var entries = _cursor < journal.Next ? reader.Read(new OffsetRange(_cursor, journal.Next - 1), MaxPackets, (_, _) => 0, damaged) : [];
        foreach (var entry in entries)
        {
            if (entry.ReceivedAt >= before)
            {
                _firstYoung ??= entry.Offset;
            }
            else if (journal.IsOnlyCopy(entry.Offset) && _chatty?.Contains(entry.Hub) != false && Candidate(entry) is { } candidate)
            {
                pass.Add(candidate);
            }
        }

        // A clock that once ran ahead may have left a young entry among old ones; a whole read of them is the end.
        if (entries.Count + damaged.Count - seen < MaxPackets || entries.All(e => e.ReceivedAt >= before))
        {
            _scanned = true;
            pass.CloseAll();
        }
        else
        {
            pass.CloseThrough(entries[^1].ReceivedAt);
        }

        var last = damaged.Skip(seen).Select(d => d.Offset).Append(entries.Count == 0 ? 0 : entries[^1].Offset).Max();
        _cursor = last == 0 ? journal.Next : last + 1;
    }

    /// <summary>Whether another pass should follow at once.</summary>
    private bool End(DateTimeOffset before, DateTimeOffset now)
    {
        var spared = _sparesSome;
        Stop();
        _sparedSome = spared;
        if (!spared && before >= ThinnedRow.BucketOf(now))
        {
            // No more becomes old enough before the next quarter of an hour.
            _restUntil = ThinnedRow.BucketOf(now) + ThinnedRow.BucketLength;
        }

        return spared;
    }
}
