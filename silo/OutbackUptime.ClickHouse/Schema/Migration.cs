using System.Security.Cryptography;
using System.Text;

namespace OutbackUptime.ClickHouse.Schema;

/// <summary>One numbered step of the schema.</summary>
/// <param name="Name">File name without its ending, e.g. `0001-readings`; the order is that of the names.</param>
/// <param name="Sql">Statements, each safe to run again, separated by a semicolon at a line's end.</param>
public sealed record Migration(string Name, string Sql)
{
    /// <summary>SHA-256 of <see cref="Sql"/>, lower-case hex: tells an edited step from an applied one.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>The statements, without the semicolons.</summary>
    public IEnumerable<string> Statements =>
        Sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(s => s.Length > 0);

    /// <summary>All steps, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = [.. Load().OrderBy(m => m.Name, StringComparer.Ordinal)];

    private static IEnumerable<Migration> Load()
    {
        var assembly = typeof(Migration).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            yield return new Migration(Path.GetFileNameWithoutExtension(resource), reader.ReadToEnd());
        }
    }
}
