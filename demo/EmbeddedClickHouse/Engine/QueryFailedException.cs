using System.Globalization;
using System.Text.RegularExpressions;

namespace OutbackUptime.EmbeddedClickHouse.Engine;

/// <summary>The engine refused a statement. <see cref="Exception.Message"/> is its own text, which starts with "Code: N.".</summary>
internal sealed partial class QueryFailedException(string message) : Exception(message)
{
    /// <summary>ClickHouse's error code, or 1001 where the text names none.</summary>
    public int Code { get; } = CodePattern().Match(message) is { Success: true } m
        ? int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : 1001;

    [GeneratedRegex(@"Code: (\d+)\.")]
    private static partial Regex CodePattern();
}
