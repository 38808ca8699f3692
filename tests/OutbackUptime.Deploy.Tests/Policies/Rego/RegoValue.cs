using System.Globalization;
using OutbackUptime.Deploy.Tests.Rendering;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OutbackUptime.Deploy.Tests.Policies.Rego;

/// <summary>Values as Rego knows them: null, bool, decimal, string, lists and maps.</summary>
internal static class RegoValue
{
    /// <summary>As a JSON parser would read the YAML.</summary>
    public static object? Of(KubeObject value) => value.Node switch
    {
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" } => true,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" } => false,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "null" or "~" or "" } => null,
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when decimal.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        YamlScalarNode scalar => scalar.Value,
        YamlSequenceNode => value.Items.Select(Of).ToList(),
        _ => value.Fields.ToDictionary(f => f.Key, f => Of(f.Value), StringComparer.Ordinal),
    };

    public static IEnumerable<object?> Items(object? value) => value switch
    {
        List<object?> list => list,
        Dictionary<string, object?> map => map.Values,
        _ => [],
    };

    public static bool TryGet(object? target, object? key, out object? value)
    {
        value = null;
        switch (target, key)
        {
            case (Dictionary<string, object?> map, string field):
                return map.TryGetValue(field, out value);
            case (List<object?> list, decimal index) when index >= 0 && index < list.Count && index == Math.Floor(index):
                value = list[(int)index];
                return true;
            default:
                return false;
        }
    }

    public static bool Same(object? left, object? right) => (left, right) switch
    {
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(p => Same(p.First, p.Second)),
        (Dictionary<string, object?> a, Dictionary<string, object?> b) => a.Count == b.Count && a.All(f => b.TryGetValue(f.Key, out var other) && Same(f.Value, other)),
        _ => Equals(left, right),
    };
}
