using System.CommandLine;
using OutbackUptime.Ledger.Report;

namespace OutbackUptime.Ledger;

/// <summary>The verb <c>ledger</c>: compares hub records with the stores. Exit code 0: pass, 1: fail, 2: could not be told.</summary>
public static class LedgerCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var record = new Option<string[]>("--record") { Description = "hub record(s)", Required = true, AllowMultipleArgumentsPerToken = true };
        var syd = new Option<Uri>("--syd") { Description = "HTTP address of the store in syd", Required = true };
        var mel = new Option<Uri>("--mel") { Description = "HTTP address of the store in mel", Required = true };
        var journal = new Option<string[]>("--journal") { Description = "gateways' journal files", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var running = new Option<bool>("--running") { Description = "packets may still be on the way: what a journal holds is not missing" };
        var guests = new Option<string[]>("--guest-hub") { Description = "hubs used by hand: passed over", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var report = new Option<FileInfo?>("--report") { Description = "write the ledger as JSON" };
        var command = new Command("ledger", "Compare what hubs saw acknowledged with both stores, value by value.") { record, syd, mel, journal, running, guests, report };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new LedgerInputs
            {
                RecordFiles = parsed.GetRequiredValue(record),
                Stores = [new StoreEndpoint("syd", parsed.GetRequiredValue(syd)), new StoreEndpoint("mel", parsed.GetRequiredValue(mel))],
                JournalFiles = parsed.GetValue(journal) ?? [],
                StoresWhole = !parsed.GetValue(running),
                GuestHubs = (parsed.GetValue(guests) ?? []).ToHashSet(StringComparer.Ordinal),
            },
            parsed.GetValue(report)?.FullName,
            Console.Out,
            Console.Error,
            cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(LedgerInputs inputs, string? reportPath, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            var result = await LedgerChecker.CheckAsync(inputs, http, cancellationToken).ConfigureAwait(false);
            LedgerTable.Write(result, output);
            if (reportPath is not null)
            {
                await File.WriteAllTextAsync(reportPath, result.ToJson(), cancellationToken).ConfigureAwait(false);
            }

            return result.Passed ? 0 : 1;
        }
        catch (LedgerException e)
        {
            await errors.WriteLineAsync($"No verdict: {e.Message}").ConfigureAwait(false);
            return 2;
        }
    }
}
