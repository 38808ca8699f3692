using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What becomes of a packet.</summary>
internal sealed partial class SqliteJournal
{
    private IReadOnlyList<AppendResult> TakeAll(PendingAppend pending, List<JournalEntry> entries, SqliteTransaction transaction)
    {
        if (pending.Packets.Count == 1)
        {
            return [Take(pending.Packets[0], pending.ReceivedAt, entries, transaction)];
        }

        List<AppendResult> results = new(pending.Packets.Count);
        foreach (var packet in pending.Packets)
        {
            results.Add(packet.Accompanies && results.TrueForAll(r => r.Status != AppendStatus.Accepted)
                ? new AppendResult(_full ? AppendStatus.QuotaExceeded : AppendStatus.Duplicate)
                : Take(packet, pending.ReceivedAt, entries, transaction));
        }

        return results;
    }

    /// <summary>Decides about a packet and writes its entry, all within the transaction.</summary>
    private AppendResult Take(IncomingPacket incoming, DateTimeOffset receivedAt, List<JournalEntry> entries, SqliteTransaction transaction)
    {
        if (_full)
        {
            return new AppendResult(AppendStatus.QuotaExceeded);
        }

        if (incoming.Packet is not { } packet)
        {
            return Quarantine(incoming, receivedAt, incoming.Fault!, entries, transaction);
        }

        var hub = _hubs.Get(incoming.Hub, transaction);
        var (decision, seq, hash) = Decide(hub, incoming, packet, receivedAt);
        switch (decision.Outcome)
        {
            case BootOutcome.Duplicate:
                return new AppendResult(AppendStatus.Duplicate);
            case BootOutcome.Conflict:
                return Quarantine(incoming, receivedAt, new PacketFault(FaultCodes.KeyConflict, $"Another payload holds boot {decision.Boot}, seq {seq} of this hub."), entries, transaction);
            default:
                hub.Apply(decision, seq, hash);
                if (decision.Wrapped is { } wrapped)
                {
                    _writer.SaveWrapped(incoming.Hub, wrapped, transaction);
                }

                var payload = incoming.Unnumbered is null ? incoming.Payload : PacketWriter.Write(packet with { Seq = seq });
                var repaired = _clocks.Repair(incoming.Hub, decision.Boot, seq, packet.HubTime, receivedAt, transaction);
                var entry = new JournalEntry(0, JournalEntryKind.Packet, incoming.Hub, decision.Boot, decision.Assigned, seq, receivedAt, 0, payload, "", "", "") { RepairedTime = repaired, Identity = incoming.Unnumbered is null ? 0 : hash, TraceParent = incoming.TraceParent };
                var offset = Insert(entry, entries, transaction);
                _hubs.Add(new RecentRow(incoming.Hub, new RecentPacket(decision.Boot, seq, hash), offset), transaction);
                if (hub.Assigned != AssignedBoot.None)
                {
                    _writer.SaveAssigned(incoming.Hub, hub.Assigned, hub.Members, transaction);
                }

                return new AppendResult(AppendStatus.Accepted);
        }
    }

    private (BootDecision Decision, long Seq, ulong Hash) Decide(HubBoots hub, IncomingPacket incoming, Packet packet, DateTimeOffset receivedAt)
    {
        if (incoming.Unnumbered is { } unnumbered)
        {
            var (decision, seq) = hub.Number(unnumbered, receivedAt, _random);
            return (decision, seq, unnumbered.Identity);
        }

        var hash = PacketParser.Hash(incoming.Payload.Span);
        return (hub.Decide(packet.Seq, packet.Boot, hash, receivedAt, _random), packet.Seq, hash);
    }

    private AppendResult Quarantine(IncomingPacket incoming, DateTimeOffset receivedAt, PacketFault fault, List<JournalEntry> entries, SqliteTransaction transaction)
    {
        Insert(
            new JournalEntry(0, JournalEntryKind.Quarantine, incoming.Hub, 0, false, 0, receivedAt, 0, incoming.Payload, incoming.Topic, fault.Code, fault.Reason) { TraceParent = incoming.TraceParent },
            entries,
            transaction);
        return new AppendResult(AppendStatus.Quarantined, fault);
    }

    private long Insert(JournalEntry entry, List<JournalEntry> entries, SqliteTransaction transaction)
    {
        var placed = _writer.Insert(entry, transaction);
        entries.Add(placed);
        return placed.Offset;
    }
}
