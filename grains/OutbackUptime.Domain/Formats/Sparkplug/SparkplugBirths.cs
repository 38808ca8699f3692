namespace OutbackUptime.Domain.Formats.Sparkplug;

/// <summary>The metrics that a node's birth certificates have announced. Bounded: what is beyond has to be named in full.</summary>
internal sealed class SparkplugBirths
{
    private const int MaxKnown = 8192;
    private readonly Dictionary<ulong, SparkplugAlias> _aliases = [];
    private readonly Dictionary<string, uint> _dataTypes = new(StringComparer.Ordinal);
    private readonly MetricNamer _namer = new();

    /// <summary>Takes in a certificate of a device (empty: the node).</summary>
    public void Learn(string device, IReadOnlyList<SparkplugMetric> metrics)
    {
        _namer.Learn(metrics.Where(m => m.Name is not null).Take(Math.Max(0, MaxKnown - _namer.Count)).Select(m => (Original(device, m.Name!), "")));
        foreach (var metric in metrics)
        {
            if (metric.Name is { } name && _dataTypes.Count < MaxKnown)
            {
                var original = Original(device, name);
                _dataTypes[original] = metric.DataType;
                if (metric.Alias is { } alias && (_aliases.Count < MaxKnown || _aliases.ContainsKey(alias)))
                {
                    _aliases[alias] = new SparkplugAlias(device, original, metric.DataType);
                }
            }
        }
    }

    /// <summary>The metric's name in packets and its type; false when only an alias is given and no birth has named it.</summary>
    public bool TryResolve(string device, in SparkplugMetric metric, out string name, out uint dataType)
    {
        (name, dataType) = ("", metric.DataType);
        if (metric.Name is { Length: > 0 } own)
        {
            var original = Original(device, own);
            dataType = dataType == 0 ? _dataTypes.GetValueOrDefault(original) : dataType;
            name = _namer.Name(original, "");
            return true;
        }

        if (metric.Alias is not { } alias || !_aliases.TryGetValue(alias, out var known) || known.Device != device)
        {
            return false;
        }

        dataType = dataType == 0 ? known.DataType : dataType;
        name = _namer.Name(known.Original, "");
        return true;
    }

    private static string Original(string device, string name) => device.Length == 0 ? name : $"{device}/{name}";
}
