namespace OutbackUptime.Domain.Formats;

/// <summary>
/// Names of a set of metrics that are known together (a SenML pack, a birth certificate). Where two originals have one plain
/// name, each gets a hash of its own, but for one that is its plain name already. The order doesn't matter.
/// </summary>
internal sealed class MetricNamer
{
    private readonly Dictionary<(string Original, string Suffix), string> _names = [];
    private readonly Dictionary<string, (string Original, string Suffix)> _owners = new(StringComparer.Ordinal);

    /// <summary>How many are known.</summary>
    public int Count => _names.Count;

    /// <summary>Names all of a set.</summary>
    public void Learn(IEnumerable<(string Original, string Suffix)> originals)
    {
        foreach (var group in originals.Distinct().Where(o => !_names.ContainsKey(o)).GroupBy(o => MetricNames.Plain(o.Original, o.Suffix), StringComparer.Ordinal).ToList())
        {
            var isTaken = _owners.ContainsKey(group.Key) || group.Skip(1).Any();
            foreach (var original in group)
            {
                var isPlain = !_owners.ContainsKey(group.Key) && (!isTaken || (original.Original == group.Key && original.Suffix.Length == 0));
                var name = isPlain ? group.Key : MetricNames.Hashed(original.Original, original.Suffix);
                _names[original] = name;
                _owners.TryAdd(name, original);
            }
        }
    }

    /// <summary>The name of one; what is not known is named as if it had come last, and not kept.</summary>
    public string Name(string original, string suffix) =>
        _names.TryGetValue((original, suffix), out var known) ? known
        : _owners.ContainsKey(MetricNames.Plain(original, suffix)) ? MetricNames.Hashed(original, suffix)
        : MetricNames.Plain(original, suffix);
}
