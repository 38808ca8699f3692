using System.Security.Cryptography;
using System.Text;
using OutbackUptime.Domain.Clocks;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Stations;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Silo.Api.Quarantine;

/// <summary>
/// Writes a quarantined entry as the reading that it should have been: through the station's grain, with the entry's own place in the
/// journal and receipt time. Doing it again changes nothing.
/// </summary>
internal sealed class Replayer(QuarantineReader quarantine, StoreQueries store, IGrainFactory grains, IStationRegistrySource registry, TimeProvider time)
{
    private const int MaxNote = 500;

    public async Task<ReplayResult> ReplayAsync(string station, Guid epoch, long offset, ReplayRequest request, string by, CancellationToken cancellationToken)
    {
        if (request.Note is { Length: > MaxNote })
        {
            throw ApiException.Bad($"note: expected at most {MaxNote} characters.");
        }

        var entry = await quarantine.FindAsync(station, epoch, offset, cancellationToken).ConfigureAwait(false)
            ?? throw ApiException.NotFound($"No quarantined entry {epoch}/{offset} at {station}.");
        var original = Convert.FromBase64String(entry.PayloadBase64);
        var payload = request.Payload is { } corrected ? Encoding.UTF8.GetBytes(corrected) : original;
        var row = await ReadingAsync(entry, payload, request, cancellationToken).ConfigureAwait(false);
        if (entry.Replayed is { } before && (before.Boot, before.Seq, before.Hub) != (row.Boot, row.Seq, row.Hub))
        {
            throw ApiException.Conflict($"The entry was replayed already, as {before.Hub} boot {before.Boot} seq {before.Seq}, by {before.By}. A reading is never overwritten.");
        }

        var holder = await HolderAsync(station, row, cancellationToken).ConfigureAwait(false);
        if (holder is { } hash && hash != row.PayloadHash)
        {
            throw ApiException.Conflict($"Another payload holds the key {row.Hub} boot {row.Boot} seq {row.Seq}. A reading is never overwritten; correct the payload's seq or boot.");
        }

        var committed = await WriteAsync(station, epoch, row).ConfigureAwait(false);
        var replay = entry.Replayed ?? new ReplayView(row.Hub, row.Boot, row.Seq, !payload.AsSpan().SequenceEqual(original), by, time.GetUtcNow(), request.Note ?? "");
        await AuditAsync(entry, row, replay, payload, cancellationToken).ConfigureAwait(false);
        return new ReplayResult(entry.Replayed is null ? "replayed" : "already", committed, replay);
    }

    private async Task<ReadingRow> ReadingAsync(QuarantineView entry, byte[] payload, ReplayRequest request, CancellationToken cancellationToken)
    {
        if (!PacketParser.TryParse(payload, out var packet, out var fault))
        {
            throw ApiException.Bad($"{(request.Payload is null ? "What was sent is still no packet" : "The corrected payload is no packet")} ({fault.Code}): {fault.Reason}{(request.Payload is null ? " Give a corrected payload." : "")}");
        }

        var hub = entry.Hub.Length > 0 ? entry.Hub : request.Hub ?? "";
        if (!EntityName.IsValid(hub) || ReservedHubs.Contains(hub))
        {
            throw ApiException.Bad($"hub: the entry names none; expected {EntityName.Rule}.");
        }

        if (request.Hub is { } other && other != hub)
        {
            throw ApiException.Bad($"hub: the entry is of {hub}; it can't be replayed as another hub's.");
        }

        if (request.Boot is < 0 or > PacketParser.MaxHubBoot)
        {
            throw ApiException.Bad("boot: expected 0 to 10^15 - 1.");
        }

        var (boot, assigned) = packet.Boot is { } own ? (own, false) : request.Boot is { } given ? (given, false)
            : entry.Replayed is { } replayed ? (replayed.Boot, true) : await BootAtAsync(entry, hub, cancellationToken).ConfigureAwait(false);
        var (eventTime, quality) = ClockTriage.Judge(packet.HubTime, entry.ReceivedAt);
        return new ReadingRow
        {
            Hub = hub,
            Boot = boot,
            Seq = packet.Seq,
            BootAssigned = assigned,
            PayloadHash = PacketParser.Hash(payload),
            HubTime = packet.HubTime,
            ReceivedAt = entry.ReceivedAt,
            EventTime = eventTime,
            ClockQuality = quality,
            JournalOffset = entry.JournalOffset,
            MetricNames = [.. packet.Metrics.Select(m => m.Name)],
            MetricValues = [.. packet.Metrics.Select(m => m.Value)],
            Payload = payload,
        };
    }

    // The boot that the hub was in; without a packet of it before, one that is made of the entry's place and so is the same next time.
    private async Task<(long Boot, bool Assigned)> BootAtAsync(QuarantineView entry, string hub, CancellationToken cancellationToken)
    {
        var rows = await store.ReadAsync(
            """
            SELECT boot, boot_assigned FROM readings WHERE station = {station:String} AND hub = {hub:String} AND received_at <= fromUnixTimestamp64Micro({at:Int64})
            ORDER BY received_at DESC LIMIT 1
            """,
            row => (row.Long(0), row.Long(1) != 0), cancellationToken, ("station", entry.Station), ("hub", hub), ("at", entry.ReceivedAt.Micros())).ConfigureAwait(false);
        if (rows is [var boot])
        {
            return boot;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{entry.JournalEpoch}/{entry.JournalOffset}"));
        return ((entry.ReceivedAt.ToUnixTimeMilliseconds() * 1000) + (((hash[0] << 8) | hash[1]) % 1000), true);
    }

    private async Task<ulong?> HolderAsync(string station, ReadingRow row, CancellationToken cancellationToken)
    {
        var held = await store.ReadAsync(
            "SELECT payload_hash FROM packets WHERE station = {station:String} AND hub = {hub:String} AND boot = {boot:UInt64} AND seq = {seq:UInt64}",
            r => unchecked((ulong)r.Long(0)), cancellationToken, ("station", station), ("hub", row.Hub), ("boot", (ulong)row.Boot), ("seq", (ulong)row.Seq)).ConfigureAwait(false);
        return held is [var hash] ? hash : null;
    }

    private async Task<IReadOnlyList<string>> WriteAsync(string station, Guid epoch, ReadingRow row)
    {
        var grain = grains.GetGrain<IStationGrain>(station);
        var frame = new IngestFrame { Ticket = Guid.NewGuid(), JournalEpoch = epoch, OwedRegions = [.. registry.Current.Regions], Readings = [row], Quarantined = [] };
        var receipt = await grain.Ingest(frame).ConfigureAwait(false);
        if (receipt.Pending.Length > 0)
        {
            receipt = await grain.Settle(frame.Ticket).ConfigureAwait(false);
        }

        return receipt.Committed.Length > 0 ? receipt.Committed
            : throw new ApiException(StatusCodes.Status503ServiceUnavailable, $"No store has committed it ({receipt.Detail}). Try again; nothing is done twice.");
    }

    private async Task AuditAsync(QuarantineView entry, ReadingRow row, ReplayView replay, byte[] payload, CancellationToken cancellationToken)
    {
        var parameters = StoreQueries.Collect(
            ("station", entry.Station), ("epoch", entry.JournalEpoch.ToString()), ("offset", (ulong)entry.JournalOffset), ("hub", row.Hub), ("boot", (ulong)row.Boot), ("seq", (ulong)row.Seq),
            ("hash", row.PayloadHash.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("corrected", replay.Corrected ? 1 : 0), ("payload", Convert.ToBase64String(payload)), ("reason", entry.ReasonCode),
            ("by", replay.By), ("at", replay.At.ToUnixTimeMilliseconds()), ("note", replay.Note));
        foreach (var region in store.Stores.All)
        {
            await region.ExecuteAsync(
                """
                INSERT INTO replays (station, journal_epoch, journal_offset, hub, boot, seq, payload_hash, corrected, payload, reason_code, replayed_by, replayed_at, note)
                SELECT {station:String}, toUUID({epoch:String}), {offset:UInt64}, {hub:String}, {boot:UInt64}, {seq:UInt64}, toUInt64({hash:String}), {corrected:UInt8} != 0,
                       base64Decode({payload:String}), {reason:String}, {by:String}, fromUnixTimestamp64Milli({at:Int64}), {note:String}
                """,
                parameters, cancellationToken).ConfigureAwait(false);
        }
    }
}
