using System.Net.Http.Headers;
using System.Text;

namespace OutbackUptime.ClickHouse.Credentials;

/// <summary>
/// Signs each request with the password that a file holds at that moment, so that a rotated password is taken up without a restart.
/// The file is small and requests are a few a second and writer; nothing is cached but the last good password, for a moment in which
/// whoever writes the file has not finished.
/// </summary>
internal sealed class PasswordFileHandler(string username, string path, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>Longest password, in bytes; more is no password but a wrong file.</summary>
    public const int MaxBytes = 4096;

    private string? _last;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var password = await ReadAsync(cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}")));
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        string trouble;
        try
        {
            var length = new FileInfo(path).Length;
            var text = length > MaxBytes ? "" : (await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)).TrimEnd('\r', '\n');
            if (text.Length > 0)
            {
                return _last = text;
            }

            trouble = length > MaxBytes ? $"has {length} bytes" : "is empty";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            trouble = $"can't be read ({e.Message})";
        }

        return _last ?? throw new HttpRequestException($"the password file {path} {trouble}: it must hold the store's password for {username}, at most {MaxBytes} bytes");
    }
}
