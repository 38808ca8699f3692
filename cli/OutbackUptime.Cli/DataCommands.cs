using System.CommandLine;

namespace OutbackUptime.Cli;

/// <summary>`outback export` and `outback delete`: a station's data is the station's.</summary>
internal sealed class DataCommands(Connection connection, Commands commands, TextWriter output, TextReader input)
{
    public void AddTo(RootCommand root)
    {
        root.Subcommands.Add(Export());
        root.Subcommands.Add(Verify());
        root.Subcommands.Add(Delete());
    }

    private Command Export()
    {
        var station = new Argument<string>("station");
        var to = new Option<string?>("--out") { Description = "A .zip file, or a folder; default STATION.zip here." };
        var command = new Command("export", "All rows of a station (Parquet and CSV), its ledger, and a manifest with hashes, which are checked.") { station, to };
        command.SetAction(async (parsed, token) =>
        {
            using var api = connection.Open(parsed);
            var id = parsed.GetRequiredValue(station);
            var target = parsed.GetValue(to) ?? $"{id}.zip";
            var zip = target.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? target : Path.Combine(Directory.CreateDirectory(target).FullName, $"{id}.zip");
            var half = zip + ".part";
            await using (var file = new FileStream(half, FileMode.Create))
            {
                await api.DownloadAsync($"stations/{Uri.EscapeDataString(id)}/export", file, token).ConfigureAwait(false);
            }

            var check = ExportCheck.OfZip(half);
            File.Move(half, zip, overwrite: true);
            if (zip != target)
            {
                System.IO.Compression.ZipFile.ExtractToDirectory(zip, target, overwriteFiles: true);
                File.Delete(zip);
            }

            commands.Print(parsed, new { station = id, path = target, check.Files, check.Bytes, check.Packets, check.ManifestSha256 }, () =>
                output.WriteLine($"{target}: {check.Files} files, {check.Bytes:N0} bytes, {check.Packets:N0} packets; every hash is as the manifest says.\nmanifest.json sha256 {check.ManifestSha256}"));
        });
        return command;
    }

    private Command Verify()
    {
        var path = new Argument<string>("path") { Description = "The zip of an export." };
        var command = new Command("verify", "Checks an export's files against its manifest.") { path };
        command.SetAction(parsed =>
        {
            var check = ExportCheck.OfZip(parsed.GetRequiredValue(path));
            commands.Print(parsed, check, () => output.WriteLine($"{check.Files} files, {check.Packets:N0} packets; every hash is as the manifest says.\nmanifest.json sha256 {check.ManifestSha256}"));
        });
        return command;
    }

    private Command Delete()
    {
        var station = new Argument<string>("station");
        var confirm = new Option<string?>("--confirm") { Description = "The station's id again, instead of typing it when asked." };
        var command = new Command("delete", "Deletes all of a station from both stores, after a confirmation, and prints the receipt.") { station, confirm };
        command.SetAction(async (parsed, token) =>
        {
            using var api = connection.Open(parsed);
            var id = parsed.GetRequiredValue(station);
            var plan = await api.PostAsync($"stations/{Uri.EscapeDataString(id)}/deletions", null, token).ConfigureAwait(false);
            var typed = parsed.GetValue(confirm);
            if (typed is null)
            {
                Console.Error.WriteLine($"This deletes, for ever, all of {id}:");
                foreach (var region in plan.GetProperty("manifest").GetProperty("rowsByRegion").EnumerateObject())
                {
                    Console.Error.WriteLine($"  {region.Name}: {string.Join(", ", region.Value.EnumerateObject().Where(t => t.Value.GetInt64() > 0).Select(t => $"{t.Name} {t.Value}"))}");
                }

                Console.Error.Write("Type the station's id to go on: ");
                typed = (await input.ReadLineAsync(token).ConfigureAwait(false))?.Trim();
            }

            if (typed != id)
            {
                throw new CliException("Nothing was deleted: what was typed is not the station's id.");
            }

            var receipt = await api.PostAsync($"stations/{Uri.EscapeDataString(id)}/deletions/confirm", new { confirmation = plan.Text("confirmation"), station = id }, token).ConfigureAwait(false);
            commands.Print(parsed, receipt, () =>
            {
                output.WriteLine($"receipt {receipt.Text("receiptId")}: {id} deleted {receipt.Time("deletedAt")} by {receipt.Text("requestedBy")}; nothing is left in {string.Join(" and ", receipt.GetProperty("remainingRows").EnumerateObject().Select(r => $"{r.Name} ({r.Value})"))}");
                output.WriteLine($"manifest sha256 {receipt.Text("manifestSha256")}");
            });
        });
        return command;
    }
}
