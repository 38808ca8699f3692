using System.CommandLine;

namespace OutbackUptime.Cli;

/// <summary>Where the API is and how to sign in: options, else the environment.</summary>
internal sealed class Connection
{
    public Option<string?> Url { get; } = new("--url") { Description = "The console's address, e.g. https://console.example (or OUTBACK_URL).", Recursive = true };

    public Option<FileInfo?> TokenFile { get; } = new("--token-file") { Description = "A file that holds the token (or OUTBACK_TOKEN_FILE; or the token itself in OUTBACK_TOKEN).", Recursive = true };

    public Option<bool> Json { get; } = new("--json") { Description = "Print the API's JSON instead of a table.", Recursive = true };

    public void AddTo(RootCommand root)
    {
        root.Options.Add(Url);
        root.Options.Add(TokenFile);
        root.Options.Add(Json);
    }

    /// <summary>A client for the API.</summary>
    public ApiClient Open(ParseResult parsed)
    {
        var url = parsed.GetValue(Url) ?? Environment.GetEnvironmentVariable("OUTBACK_URL");
        if (string.IsNullOrWhiteSpace(url))
        {
            throw new CliException("Which silo? Give --url or set OUTBACK_URL, e.g. http://127.0.0.1:9090.");
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new ApiClient(address, Token(parsed))
            : throw new CliException($"--url '{url}' is no http or https address.");
    }

    private string Token(ParseResult parsed)
    {
        var file = parsed.GetValue(TokenFile)?.FullName ?? Environment.GetEnvironmentVariable("OUTBACK_TOKEN_FILE");
        try
        {
            return file is { Length: > 0 } ? File.ReadAllText(file).Trim()
                : Environment.GetEnvironmentVariable("OUTBACK_TOKEN") is { Length: > 0 } token ? token.Trim()
                : throw new CliException("No token: give --token-file, or set OUTBACK_TOKEN_FILE or OUTBACK_TOKEN.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"The token file '{file}' can't be read: {e.Message}");
        }
    }
}
