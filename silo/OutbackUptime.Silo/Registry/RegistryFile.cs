using System.Text.Json;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Silo.Registry;

/// <summary>Reads stations.json.</summary>
internal static class RegistryFile
{
    private const int MaxFaultsShown = 20;

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="RegistryException">The file can't be read, or is no good.</exception>
    public static StationRegistry Load(string path)
    {
        try
        {
            return Parse(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RegistryException($"The station registry '{path}' can't be read: {e.Message} Set Registry:Path.", e);
        }
    }

    /// <summary>Checks a file's bytes.</summary>
    /// <exception cref="RegistryException">They are no good.</exception>
    public static StationRegistry Parse(string path, ReadOnlySpan<byte> json)
    {
        RegistryDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(json, RegistryJsonContext.Default.RegistryDocument);
        }
        catch (JsonException e)
        {
            throw new RegistryException($"The station registry '{path}' is no good at {e.Path ?? "$"} (line {e.LineNumber + 1}): {e.Message}", e);
        }

        var check = new RegistryCheck();
        var registry = check.Check(document ?? new RegistryDocument(null, null));
        return check.Faults.Count == 0 ? registry : throw new RegistryException(
            $"The station registry '{path}' is no good:{string.Concat(check.Faults.Take(MaxFaultsShown).Select(f => $"{Environment.NewLine}  {f}"))}");
    }
}
