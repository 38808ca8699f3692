namespace OutbackUptime.Silo.Alerting;

/// <summary>Reads a secret from its file or its setting.</summary>
internal static class Secret
{
    private const int MaxBytes = 65_536;

    /// <summary>The file's text without trailing line ends, else the setting; null: neither is there.</summary>
    /// <exception cref="IOException">The file can't be read, or is no secret by its size.</exception>
    public static string? Read(string? value, string? file)
    {
        if (string.IsNullOrEmpty(file))
        {
            return string.IsNullOrEmpty(value) ? null : value;
        }

        return new FileInfo(file).Length <= MaxBytes ? File.ReadAllText(file).TrimEnd('\r', '\n') : throw new IOException($"'{file}' is larger than {MaxBytes} bytes: no secret.");
    }
}
