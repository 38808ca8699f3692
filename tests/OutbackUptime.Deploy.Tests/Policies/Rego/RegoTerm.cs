namespace OutbackUptime.Deploy.Tests.Policies.Rego;

/// <summary>A term of the part of Rego (v0) that our policies use.</summary>
internal abstract record RegoTerm
{
    /// <summary>A string, number, true, false or null.</summary>
    public sealed record Constant(object? Value) : RegoTerm;

    /// <summary>`_` or a name: a variable, a rule, `input`, an import.</summary>
    public sealed record Name(string Text) : RegoTerm;

    /// <summary>`target.field` or `target[key]`.</summary>
    public sealed record Index(RegoTerm Target, RegoTerm Key) : RegoTerm;

    /// <summary>`name(arguments)`; the name may have dots.</summary>
    public sealed record Call(string Function, IReadOnlyList<RegoTerm> Arguments) : RegoTerm;

    /// <summary>`[a, b]`.</summary>
    public sealed record List(IReadOnlyList<RegoTerm> Items) : RegoTerm;

    /// <summary>`{"a": b}`.</summary>
    public sealed record Map(IReadOnlyList<(RegoTerm Key, RegoTerm Value)> Fields) : RegoTerm;
}
