namespace OutbackUptime.Deploy.Tests.Policies.Rego;

/// <summary>One line of a rule's body: a term, or two with `:=`, `==`, `!=`, `>` between; with `not` before it, or without.</summary>
internal sealed record RegoLiteral(bool Negated, RegoTerm Left, string Operator, RegoTerm? Right);
