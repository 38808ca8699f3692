using System.Text.Json;

namespace OutbackUptime.Demo.Processes;

/// <summary>Hands out loopback ports by name, keeps others from them while it lives, and remembers them in the data folder, so that the next run has the same.</summary>
internal sealed class PortBook : IDisposable
{
    private readonly string _path;
    private readonly Dictionary<string, int> _ports;
    private readonly Dictionary<string, PortClaim> _claims = new(StringComparer.Ordinal);

    public PortBook(string path)
    {
        _path = path;
        _ports = File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(path)) ?? [] : [];
    }

    /// <summary>The port of a name: the remembered one while it is free, else another.</summary>
    public int this[string name]
    {
        get
        {
            if (!_claims.TryGetValue(name, out var claim))
            {
                claim = _ports.TryGetValue(name, out var before) ? PortClaim.TryTake(before) ?? PortClaim.Any() : PortClaim.Any();
                _claims[name] = claim;
                if (claim.Port != before)
                {
                    _ports[name] = claim.Port;
                    File.WriteAllText(_path, JsonSerializer.Serialize(_ports));
                }
            }

            return claim.Port;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var claim in _claims.Values)
        {
            claim.Dispose();
        }

        _claims.Clear();
    }
}
