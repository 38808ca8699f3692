namespace OutbackUptime.Deploy.Tests.Policies.Rego;

/// <summary>A package with its rules; imports by their last name.</summary>
internal sealed record RegoModule(string Package, IReadOnlyDictionary<string, string> Imports, ILookup<string, RegoRule> Rules);
