using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.SignIn;

/// <summary>The tokens of the configuration, as hashes; compared in constant time.</summary>
internal sealed class TokenBook
{
    private readonly List<(string Role, byte[] Hash)> _tokens = [];
    private readonly byte[]? _scrape;

    public TokenBook(IOptions<SignInOptions> options)
    {
        var o = options.Value;
        Add(Roles.Operator, o.OperatorToken, o.OperatorTokenFile, nameof(o.OperatorTokenFile));
        Add(Roles.Viewer, o.ViewerToken, o.ViewerTokenFile, nameof(o.ViewerTokenFile));
        _scrape = o.ScrapeToken.Length > 0 ? Hash(o.ScrapeToken) : null;
    }

    /// <summary>Whether one can sign in by a token at all.</summary>
    public bool IsOn => _tokens.Count > 0;

    /// <summary>The role that a token gives and the token's id, or null. Takes the same time whichever is wrong.</summary>
    public (string Role, string Id)? Find(string token)
    {
        var hash = Hash(token);
        (string, string)? found = null;
        foreach (var (role, known) in _tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, known) && found is null)
            {
                found = (role, IdOf(known));
            }
        }

        return found;
    }

    /// <summary>Whether the token opens /metrics.</summary>
    public bool IsScrape(string token) => _scrape is not null && CryptographicOperations.FixedTimeEquals(Hash(token), _scrape);

    /// <summary>Whether a session that began with this token may go on: a token that is gone takes its sessions with it.</summary>
    public bool Knows(string id) => _tokens.Exists(t => IdOf(t.Hash) == id);

    private void Add(string role, string token, string file, string option)
    {
        if (token.Length == 0 && file.Length > 0)
        {
            try
            {
                token = File.ReadAllText(file).Trim();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new OptionsValidationException("SignIn", typeof(SignInOptions), [$"SignIn:{option} '{file}' can't be read: {e.Message}"]);
            }

            if (token.Length < SignInOptions.MinTokenLength)
            {
                throw new OptionsValidationException("SignIn", typeof(SignInOptions), [$"SignIn:{option} '{file}' holds {token.Length} characters; expected at least {SignInOptions.MinTokenLength}."]);
            }
        }

        if (token.Length > 0)
        {
            _tokens.Add((role, Hash(token)));
        }
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static string IdOf(byte[] hash) => Convert.ToHexStringLower(SHA256.HashData(hash).AsSpan(0, 8));
}
