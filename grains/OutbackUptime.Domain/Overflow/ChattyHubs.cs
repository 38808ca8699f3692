namespace OutbackUptime.Domain.Overflow;

/// <summary>Chooses whose packets are thinned first.</summary>
public static class ChattyHubs
{
    /// <summary>
    /// The hubs with at least half as many packets in a sample as the chattiest. Null, which means everyone: they make up nearly
    /// all of the sample, so that there is nobody to spare.
    /// </summary>
    public static IReadOnlySet<string>? Choose(IReadOnlyDictionary<string, long> sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        if (sample.Count == 0)
        {
            return null;
        }

        var most = sample.Values.Max();
        var chatty = sample.Where(h => h.Value * 2 >= most).ToList();
        return chatty.Sum(h => h.Value) * 10 >= sample.Values.Sum() * 9 ? null : chatty.Select(h => h.Key).ToHashSet(StringComparer.Ordinal);
    }
}
