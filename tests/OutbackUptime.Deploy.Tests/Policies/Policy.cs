using OutbackUptime.Deploy.Tests.Policies.Rego;
using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Policies;

/// <summary>A ConstraintTemplate with a constraint of its kind, run as Gatekeeper would.</summary>
internal sealed class Policy(KubeObject template, KubeObject constraint)
{
    public const string Templates = "k8s/platform/security/policies/templates";
    public const string Constraints = "k8s/platform/security/policies/constraints";

    private readonly IReadOnlyList<RegoModule> _modules = [.. Sources(template).Select(RegoParser.Parse)];

    public string Name => constraint.Name;

    public string Action => constraint.At("spec/enforcementAction")!.Text;

    /// <summary>All of ours, by file.</summary>
    public static IReadOnlyList<string> All => [.. Repository.Find(Templates, "*.yaml").Select(p => Path.GetFileNameWithoutExtension(p)).Where(n => n != "kustomization")];

    public static Policy Of(string name) => Read($"{Templates}/{name}.yaml", $"{Constraints}/{name}.yaml");

    public static Policy Read(string templateFile, string constraintFile) => new(One(templateFile), One(constraintFile));

    /// <summary>The template's Rego: the policy, then its libraries.</summary>
    public static IEnumerable<string> Sources(KubeObject template)
    {
        var target = template.At("spec/targets")!.Items.Single();
        return [target["rego"]!.Text, .. (target["libs"]?.Items ?? []).Select(l => l.Text)];
    }

    /// <summary>Whether the constraint is about this object.</summary>
    public bool Matches(KubeObject candidate)
    {
        var match = constraint.At("spec/match")!;
        var version = candidate["apiVersion"]!.Text;
        var group = version.Contains('/', StringComparison.Ordinal) ? version[..version.IndexOf('/', StringComparison.Ordinal)] : "";
        return match["kinds"]!.Items.Any(k => k["apiGroups"]!.Items.Any(g => g.Text == group) && k["kinds"]!.Items.Any(n => n.Text == candidate.Kind))
            && (match["namespaces"] is not { } namespaces || namespaces.Items.Any(n => n.Text == candidate.Namespace));
    }

    /// <summary>What is wrong with the object; nothing if it may run.</summary>
    /// <param name="candidate">The object.</param>
    /// <param name="scanned">Digests that count as scanned besides those of the constraint.</param>
    public IReadOnlyList<string> Violations(KubeObject candidate, params string[] scanned)
    {
        var parameters = constraint.At("spec/parameters") is { } p ? (Dictionary<string, object?>)RegoValue.Of(p)! : [];
        if (scanned.Length > 0)
        {
            parameters["scanned"] = scanned.Distinct(StringComparer.Ordinal).ToDictionary(d => d, _ => (object?)"2026-11-25", StringComparer.Ordinal);
        }

        var input = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["review"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["object"] = RegoValue.Of(candidate) },
            ["parameters"] = parameters,
        };
        return [.. new RegoEvaluator(_modules, input).Elements(_modules[0].Package, "violation").Select(v => (string)((Dictionary<string, object?>)v!)["msg"]!)];
    }

    private static KubeObject One(string file) => Kustomization.Parse(Repository.Read(file)).Single();
}
