using System.Globalization;
using System.Text.RegularExpressions;

namespace OutbackUptime.Deploy.Tests.Policies.Rego;

/// <summary>The functions of OPA that our policies call.</summary>
internal static partial class RegoBuiltins
{
    /// <summary>The result, or nothing where OPA says undefined (an argument of another type).</summary>
    public static IEnumerable<object?> Call(string function, IReadOnlyList<object?> arguments) => (function, arguments) switch
    {
        ("startswith", [string text, string start]) => [text.StartsWith(start, StringComparison.Ordinal)],
        ("endswith", [string text, string end]) => [text.EndsWith(end, StringComparison.Ordinal)],
        ("contains", [string text, string part]) => [text.Contains(part, StringComparison.Ordinal)],
        ("regex.match", [string pattern, string text]) => [Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1))],
        ("split", [string text, string by]) => [text.Split(by).Cast<object?>().ToList()],
        ("sprintf", [string format, List<object?> values]) => [Sprintf(format, values)],
        ("mul", [decimal left, decimal right]) => [left * right],
        ("to_number", [null]) => [0m],
        ("to_number", [decimal number]) => [number],
        ("to_number", [string text]) when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => [number],
        ("startswith" or "endswith" or "contains" or "regex.match" or "split" or "sprintf" or "mul" or "to_number", _) => [],
        _ => throw new NotSupportedException($"the function {function} is not in these tests"),
    };

    private static string Sprintf(string format, List<object?> values)
    {
        var next = 0;
        return Verb().Replace(format, verb => verb.Value == "%%" ? "%" : values[next++] is var value && value is List<object?> list ? $"[{string.Join(", ", list)}]" : string.Create(CultureInfo.InvariantCulture, $"{value}"));
    }

    [GeneratedRegex("%v|%%")]
    private static partial Regex Verb();
}
