namespace OutbackUptime.Deploy.Tests.Policies.Rego;

/// <summary>`name { … }`, `name := value`, `name = value { … }`, `name(parameters) { … }` or `name[element] { … }`.</summary>
internal sealed record RegoRule(string Name, IReadOnlyList<string>? Parameters, RegoTerm? Element, RegoTerm? Value, IReadOnlyList<RegoLiteral> Body);
