using System.Globalization;
using System.Text.RegularExpressions;

namespace OutbackUptime.EdgeGateway.Footprint;

/// <summary>
/// A part of memory that holds what a file says, and nothing else: the code and constants of the program and its libraries. Its
/// pages can be let go at any time; whoever needs one again gets it from the system's cache of the file.
/// </summary>
/// <param name="Start">Its first address.</param>
/// <param name="Length">Bytes.</param>
internal readonly partial record struct UnchangedPages(nint Start, nint Length)
{
    /// <summary>
    /// Those of the process whose /proc/PID/smaps this is (proc_pid_smaps(5)): private, of a file, not writable, and with no page of
    /// the process's own among them. What was changed when it was loaded (relocations) would be lost for ever.
    /// </summary>
    public static IEnumerable<UnchangedPages> In(IEnumerable<string> smaps)
    {
        UnchangedPages? candidate = null;
        foreach (var line in smaps)
        {
            if (Mapping().Match(line) is { Success: true } mapping)
            {
                var start = Address(mapping.Groups["start"]);
                candidate = mapping.Groups["writable"].Value == "-" && mapping.Groups["path"].Value.StartsWith('/')
                    ? new UnchangedPages(start, Address(mapping.Groups["end"]) - start)
                    : null;
            }
            else if (candidate is { } pages && line.StartsWith("Anonymous:", StringComparison.Ordinal))
            {
                if (line.EndsWith(" 0 kB", StringComparison.Ordinal))
                {
                    yield return pages;
                }

                candidate = null;
            }
        }
    }

    private static nint Address(Group hexadecimal) => nint.Parse(hexadecimal.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<start>[0-9a-f]+)-(?<end>[0-9a-f]+) r(?<writable>[w-])[x-]p [0-9a-f]+ [0-9a-f:]+ [0-9]+ *(?<path>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Mapping();
}
