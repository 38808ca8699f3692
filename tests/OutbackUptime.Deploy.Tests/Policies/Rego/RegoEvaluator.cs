using System.Collections.Immutable;

namespace OutbackUptime.Deploy.Tests.Policies.Rego;

/// <summary>
/// Runs policies as OPA would, for the part of Rego that <see cref="RegoParser"/> knows: there is no OPA to be had on every machine
/// that runs these tests. `gator verify` runs the same suites where it is installed.
/// </summary>
internal sealed class RegoEvaluator(IReadOnlyList<RegoModule> modules, object? input)
{
    private static readonly ImmutableDictionary<string, object?> s_nothing = ImmutableDictionary<string, object?>.Empty;

    /// <summary>The elements of a partial set such as `violation`.</summary>
    public IReadOnlyList<object?> Elements(string package, string rule) => [.. SetOf(ModuleOf(package), rule)];

    private RegoModule ModuleOf(string package) => modules.Single(m => m.Package == package);

    private IEnumerable<object?> SetOf(RegoModule module, string name) =>
        from rule in module.Rules[name]
        from scope in Bodies(module, rule.Body, s_nothing)
        from element in Terms(module, rule.Element!, scope)
        select element.Value;

    private IEnumerable<ImmutableDictionary<string, object?>> Bodies(RegoModule module, IEnumerable<RegoLiteral> body, ImmutableDictionary<string, object?> scope)
    {
        IEnumerable<ImmutableDictionary<string, object?>> scopes = [scope];
        foreach (var literal in body)
        {
            scopes = scopes.SelectMany(s => Literals(module, literal, s));
        }

        return scopes;
    }

    private IEnumerable<ImmutableDictionary<string, object?>> Literals(RegoModule module, RegoLiteral literal, ImmutableDictionary<string, object?> scope)
    {
        if (literal.Negated)
        {
            return Holds(module, literal with { Negated = false }, scope).Any() ? [] : [scope];
        }

        return Holds(module, literal, scope);
    }

    private IEnumerable<ImmutableDictionary<string, object?>> Holds(RegoModule module, RegoLiteral literal, ImmutableDictionary<string, object?> scope) => literal.Operator switch
    {
        "" => Terms(module, literal.Left, scope).Where(t => t.Value is not false).Select(t => t.Scope),
        ":=" => Terms(module, literal.Right!, scope).Select(t => t.Scope.SetItem(((RegoTerm.Name)literal.Left).Text, t.Value)),
        "==" => Pairs(module, literal, scope).Where(p => RegoValue.Same(p.Left, p.Right)).Select(p => p.Scope),
        "!=" => Pairs(module, literal, scope).Where(p => !RegoValue.Same(p.Left, p.Right)).Select(p => p.Scope),
        ">" => Pairs(module, literal, scope).Where(p => p.Left is decimal left && p.Right is decimal right ? left > right : throw new NotSupportedException("> of what are no numbers")).Select(p => p.Scope),
        _ => throw new NotSupportedException(literal.Operator),
    };

    private IEnumerable<(object? Left, object? Right, ImmutableDictionary<string, object?> Scope)> Pairs(RegoModule module, RegoLiteral literal, ImmutableDictionary<string, object?> scope) =>
        from left in Terms(module, literal.Left, scope)
        from right in Terms(module, literal.Right!, left.Scope)
        select (left.Value, right.Value, right.Scope);

    /// <summary>All values that a term can have, with what is bound then. None: it is undefined.</summary>
    private IEnumerable<(object? Value, ImmutableDictionary<string, object?> Scope)> Terms(RegoModule module, RegoTerm term, ImmutableDictionary<string, object?> scope) => term switch
    {
        RegoTerm.Constant constant => [(constant.Value, scope)],
        RegoTerm.Name name => Names(module, name.Text, scope),
        RegoTerm.Index index => Indexed(module, index, scope),
        RegoTerm.Call call => Arguments(module, call.Arguments, scope).SelectMany(a => Results(module, call.Function, a.Values).Select(v => (v, a.Scope))),
        RegoTerm.List list => Arguments(module, list.Items, scope).Select(a => ((object?)a.Values.ToList(), a.Scope)),
        RegoTerm.Map map => Arguments(module, [.. map.Fields.Select(f => f.Value)], scope).Select(a =>
            ((object?)map.Fields.Select((f, i) => ((string)((RegoTerm.Constant)f.Key).Value!, a.Values[i])).ToDictionary(f => f.Item1, f => f.Item2, StringComparer.Ordinal), a.Scope)),
        _ => throw new NotSupportedException(term.ToString()),
    };

    private IEnumerable<(ImmutableList<object?> Values, ImmutableDictionary<string, object?> Scope)> Arguments(RegoModule module, IReadOnlyList<RegoTerm> terms, ImmutableDictionary<string, object?> scope)
    {
        IEnumerable<(ImmutableList<object?> Values, ImmutableDictionary<string, object?> Scope)> all = [([], scope)];
        foreach (var term in terms)
        {
            all = all.SelectMany(a => Terms(module, term, a.Scope).Select(t => (a.Values.Add(t.Value), t.Scope)));
        }

        return all;
    }

    private IEnumerable<(object? Value, ImmutableDictionary<string, object?> Scope)> Names(RegoModule module, string name, ImmutableDictionary<string, object?> scope)
    {
        if (scope.TryGetValue(name, out var bound))
        {
            return [(bound, scope)];
        }

        if (name == "input")
        {
            return [(input, scope)];
        }

        if (module.Imports.TryGetValue(name, out var import))
        {
            return [(ModuleOf(import["data.".Length..]), scope)];
        }

        return module.Rules.Contains(name) ? Ruled(module, name).Select(v => (v, scope)) : throw new NotSupportedException($"{module.Package}: `{name}` is neither bound nor a rule");
    }

    // A set as a whole, or the value of a rule whose body holds.
    private IEnumerable<object?> Ruled(RegoModule module, string name)
    {
        var rules = module.Rules[name].ToList();
        return rules[0].Element is not null
            ? [SetOf(module, name).ToList()]
            : rules.SelectMany(r => Bodies(module, r.Body, s_nothing).SelectMany(s => r.Value is null ? [true] : Terms(module, r.Value, s).Select(t => t.Value))).Take(1);
    }

    private IEnumerable<(object? Value, ImmutableDictionary<string, object?> Scope)> Indexed(RegoModule module, RegoTerm.Index index, ImmutableDictionary<string, object?> scope)
    {
        foreach (var target in Terms(module, index.Target, scope))
        {
            if (target.Value is RegoModule other && index.Key is RegoTerm.Constant { Value: string rule })
            {
                foreach (var value in Ruled(other, rule))
                {
                    yield return (value, target.Scope);
                }
            }
            else if (index.Key is RegoTerm.Name { Text: "_" })
            {
                foreach (var item in RegoValue.Items(target.Value))
                {
                    yield return (item, target.Scope);
                }
            }
            else
            {
                foreach (var key in Terms(module, index.Key, target.Scope))
                {
                    if (RegoValue.TryGet(target.Value, key.Value, out var value))
                    {
                        yield return (value, key.Scope);
                    }
                }
            }
        }
    }

    private IEnumerable<object?> Results(RegoModule module, string function, ImmutableList<object?> arguments)
    {
        if (!module.Rules.Contains(function))
        {
            return RegoBuiltins.Call(function, arguments);
        }

        return module.Rules[function]
            .SelectMany(rule => Bodies(module, rule.Body, s_nothing.SetItems(rule.Parameters!.Select((p, i) => KeyValuePair.Create(p, arguments[i])))).Select(_ => (object?)true))
            .Take(1);
    }
}
