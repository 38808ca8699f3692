using OutbackUptime.Ledger.Books;
using OutbackUptime.Ledger.Journals;
using OutbackUptime.Ledger.Report;
using OutbackUptime.Ledger.Stores;

namespace OutbackUptime.Ledger;

/// <summary>Draws up the ledger: compares what hubs saw acknowledged with what each store returns, value by value.</summary>
public static class LedgerChecker
{
    /// <summary>Reads everything and compares. Throws <see cref="LedgerException"/> where something can't be read.</summary>
    public static async Task<LedgerResult> CheckAsync(LedgerInputs inputs, HttpClient http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(http);
        var book = new LedgerBook();
        foreach (var file in inputs.RecordFiles)
        {
            await RecordReader.ReadAsync(file, book, cancellationToken).ConfigureAwait(false);
        }

        book.Close(inputs.Stores.Count);

        // Journals before stores: what is trimmed in between is in the stores by then, so nothing seems lost that isn't.
        var remaining = 0L;
        var journaled = new LossBook();
        foreach (var file in inputs.JournalFiles)
        {
            remaining += await JournalReader.ReadAsync(file, book, journaled, cancellationToken).ConfigureAwait(false);
        }

        // Side by side: a store's reader writes to its own views only.
        var readings = await Task.WhenAll(inputs.Stores.Select((store, i) => ReadStoreAsync(inputs, store, i, book, http, cancellationToken))).ConfigureAwait(false);
        // What a journal alone says of a loss counts as long as packets on their way do.
        var losses = inputs.StoresWhole ? new LossBook() : journaled;
        foreach (var record in readings.SelectMany(r => r.Losses))
        {
            losses.Add(record);
        }

        return new LedgerAudit(inputs, book, losses, readings, remaining).Run();
    }

    private static async Task<StoreReading> ReadStoreAsync(
        LedgerInputs inputs, StoreEndpoint store, int index, LedgerBook book, HttpClient http, CancellationToken cancellationToken)
    {
        var client = new StoreClient(http, store, inputs.Database);
        var packets = new PacketRows(book, index, new HashSet<string>(inputs.GuestHubs, StringComparer.Ordinal) { LedgerInputs.GatewayHub });
        await client.ReadPacketsAsync(packets, cancellationToken).ConfigureAwait(false);
        var quarantine = new QuarantineRows(book, index);
        await client.ReadQuarantineAsync(quarantine, cancellationToken).ConfigureAwait(false);
        var losses = new LossRows();
        await client.ReadLossesAsync(losses, cancellationToken).ConfigureAwait(false);
        var thinned = new ThinnedRows();
        await client.ReadThinnedAsync(thinned, cancellationToken).ConfigureAwait(false);
        var physical = await client.CountPhysicalRowsAsync(cancellationToken).ConfigureAwait(false);
        return new StoreReading(store.Region, packets, quarantine.Rows, Math.Max(0, physical - packets.Rows - packets.GuestRows), [.. losses.Records, .. thinned.Records]);
    }
}
