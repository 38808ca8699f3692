namespace OutbackUptime.EdgeGateway.Provisioning;

/// <summary>What follows `hubs add`.</summary>
/// <param name="Ids">Whom to add.</param>
/// <param name="Watcher">As watchers.</param>
/// <param name="Certificate">By certificate, not by password.</param>
/// <param name="Ca">The CA's certificate, to sign with; null: nothing is signed here.</param>
/// <param name="CaKey">The CA's key.</param>
/// <param name="Out">Where certificates and keys go.</param>
internal sealed record AddArguments(IReadOnlyList<string> Ids, bool Watcher, bool Certificate, string? Ca, string? CaKey, string? Out)
{
    /// <summary>Reads them; null when they can't be understood.</summary>
    public static AddArguments? Read(IEnumerable<string> arguments)
    {
        var result = new AddArguments([], false, false, null, null, null);
        var left = new Queue<string>(arguments);
        while (left.TryDequeue(out var argument))
        {
            AddArguments? next = argument switch
            {
                "--watcher" => result with { Watcher = true },
                "--certificate" => result with { Certificate = true },
                "--ca" when left.TryDequeue(out var value) => result with { Ca = value, Certificate = true },
                "--ca-key" when left.TryDequeue(out var value) => result with { CaKey = value },
                "--out" when left.TryDequeue(out var value) => result with { Out = value },
                _ when !argument.StartsWith('-') => result with { Ids = [.. result.Ids, argument] },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            result = next;
        }

        // Signing needs all three.
        return result.Ids.Count > 0 && (result.Ca is null) == (result.CaKey is null) && (result.Ca is null) == (result.Out is null) ? result : null;
    }
}
