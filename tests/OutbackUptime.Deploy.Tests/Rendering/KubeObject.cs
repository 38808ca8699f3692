using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace OutbackUptime.Deploy.Tests.Rendering;

/// <summary>A rendered object, or a part of one.</summary>
internal sealed class KubeObject(YamlNode node)
{
    public YamlNode Node => node;

    public string Kind => this["kind"]!.Text;

    public string Name => this["metadata"]!["name"]!.Text;

    public string Namespace => this["metadata"]!["namespace"]?.Text ?? "";

    /// <summary>`Kind/namespace/name`.</summary>
    public string Id => $"{Kind}/{Namespace}/{Name}";

    public string Text => node is YamlScalarNode { Value: { } value } ? value : throw new InvalidOperationException($"expected a scalar, found {node}");

    public int Number => int.Parse(Text, CultureInfo.InvariantCulture);

    /// <summary>Of a sequence; empty for anything else.</summary>
    public IEnumerable<KubeObject> Items => node is YamlSequenceNode sequence ? sequence.Children.Select(c => new KubeObject(c)) : [];

    /// <summary>Of a mapping; empty for anything else.</summary>
    public IEnumerable<(string Key, KubeObject Value)> Fields =>
        node is YamlMappingNode mapping ? mapping.Children.Select(c => (((YamlScalarNode)c.Key).Value!, new KubeObject(c.Value))) : [];

    public KubeObject? this[string field] =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(field), out var value) ? new KubeObject(value) : null;

    /// <summary>By a path such as `spec/template/spec`; null where it ends.</summary>
    public KubeObject? At(string path) => path.Split('/').Aggregate((KubeObject?)this, (part, field) => part?[field]);

    /// <summary>This and all below it.</summary>
    public IEnumerable<KubeObject> Descend() => new[] { this }.Concat(Fields.Select(f => f.Value).Concat(Items).SelectMany(c => c.Descend()));

    /// <summary>All scalars with their paths.</summary>
    public IEnumerable<(string Path, string Value)> Leaves(string path = "") => node switch
    {
        YamlScalarNode scalar => [(path, scalar.Value ?? "")],
        YamlSequenceNode => Items.SelectMany((item, i) => item.Leaves($"{path}[{i}]")),
        _ => Fields.SelectMany(f => f.Value.Leaves($"{path}/{f.Key}")),
    };
}
