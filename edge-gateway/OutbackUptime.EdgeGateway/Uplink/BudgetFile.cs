using System.Globalization;
using OutbackUptime.Domain.Uplink;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>Keeps what the link has carried this month: one line, "2026-11 123456", replaced whole.</summary>
internal sealed class BudgetFile(string path)
{
    /// <summary>What was used; nothing where there is no file yet. Throws <see cref="InvalidDataException"/> for a file that says nothing, IOException.</summary>
    public BudgetUse Load()
    {
        if (!File.Exists(path))
        {
            return default;
        }

        var text = File.ReadAllText(path).Trim();
        return text.Split(' ') is [{ Length: 7 } month, var bytes]
            && int.TryParse(month.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && int.TryParse(month.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= 12
            && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var used)
            ? new BudgetUse((year * 12) + number - 1, used)
            : throw new InvalidDataException($"{path}: expected a month and bytes, e.g. '2026-11 123456'.");
    }

    public void Save(BudgetUse use)
    {
        var next = path + ".new";
        using (var stream = new FileStream(next, FileMode.Create))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{use.Month / 12:0000}-{(use.Month % 12) + 1:00} {use.Bytes}\n")));
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
