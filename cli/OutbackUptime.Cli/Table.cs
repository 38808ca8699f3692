using System.Globalization;
using System.Text.Json;

namespace OutbackUptime.Cli;

/// <summary>Prints rows in columns as wide as they need be. Control characters from outside are shown, not obeyed.</summary>
internal static class Table
{
    private const int MaxCell = 70;

    public static void Write(TextWriter output, string[] head, IEnumerable<string[]> rows)
    {
        List<string[]> all = [head, .. rows.Select(r => r.Select(Clean).ToArray())];
        var widths = Enumerable.Range(0, head.Length).Select(i => all.Max(r => r[i].Length)).ToArray();
        foreach (var row in all)
        {
            output.WriteLine(string.Join("  ", row.Select((c, i) => i == row.Length - 1 ? c : c.PadRight(widths[i]))).TrimEnd());
        }

        if (all.Count == 1)
        {
            output.WriteLine("(nothing)");
        }
    }

    /// <summary>A property as text; `-` where there is none.</summary>
    public static string Text(this JsonElement item, string property) => item.TryGetProperty(property, out var value) ? value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "-",
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : "-",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => value.ToString(),
    } : "-";

    /// <summary>A time in UTC, to the second; `-` where there is none.</summary>
    public static string Time(this JsonElement item, string property) =>
        item.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var at)
            ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "Z" : "-";

    private static string Clean(string cell)
    {
        var clean = string.Concat(cell.Select(c => char.IsControl(c) ? '·' : c));
        return clean.Length > MaxCell ? string.Concat(clean.AsSpan(0, MaxCell - 1), "…") : clean;
    }
}
