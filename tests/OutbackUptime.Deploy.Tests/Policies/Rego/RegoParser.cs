using System.Globalization;
using System.Text.RegularExpressions;

namespace OutbackUptime.Deploy.Tests.Policies.Rego;

/// <summary>Parses the part of Rego (v0) that our policies use. Throws for anything else, so that nothing is passed over.</summary>
internal sealed partial class RegoParser
{
    private readonly List<string> _tokens;
    private int _at;

    private RegoParser(string text) => _tokens = [.. Token().Matches(Comment().Replace(text, "")).Select(m => m.Value).Where(t => t.Trim(' ', '\t', '\r').Length > 0)];

    private string Next => _at < _tokens.Count ? _tokens[_at] : "";

    public static RegoModule Parse(string text) => new RegoParser(text).Module();

    private RegoModule Module()
    {
        SkipLines();
        Expect("package");
        var package = DottedName();
        var imports = new Dictionary<string, string>(StringComparer.Ordinal);
        var rules = new List<RegoRule>();
        for (SkipLines(); _at < _tokens.Count; SkipLines())
        {
            if (Take("import"))
            {
                var path = DottedName();
                imports[path[(path.LastIndexOf('.') + 1)..]] = path;
            }
            else
            {
                rules.Add(Rule());
            }
        }

        return new RegoModule(package, imports, rules.ToLookup(r => r.Name, StringComparer.Ordinal));
    }

    private RegoRule Rule()
    {
        var name = Identifier();
        List<string>? parameters = null;
        RegoTerm? element = null;
        if (Take("("))
        {
            parameters = [Identifier()];
            while (Take(","))
            {
                parameters.Add(Identifier());
            }

            Expect(")");
        }
        else if (Take("["))
        {
            element = Term();
            Expect("]");
        }

        var value = Take("=") || Take(":=") ? Term() : null;
        if (value is not null && Next is "\n" or "")
        {
            return new RegoRule(name, parameters, element, value, []);
        }

        Expect("{");
        var body = new List<RegoLiteral>();
        for (SkipLines(); !Take("}"); SkipLines())
        {
            body.Add(Literal());
        }

        return new RegoRule(name, parameters, element, value, body);
    }

    private RegoLiteral Literal()
    {
        var negated = Take("not");
        var left = Product();
        if (Next is ":=" or "==" or "!=" or ">")
        {
            var op = _tokens[_at++];
            return new RegoLiteral(negated, left, op, Product());
        }

        return new RegoLiteral(negated, left, "", null);
    }

    // `a * b` is OPA's function `mul`.
    private RegoTerm Product()
    {
        var term = Term();
        while (Take("*"))
        {
            term = new RegoTerm.Call("mul", [term, Term()]);
        }

        return term;
    }

    private RegoTerm Term()
    {
        var term = Primary();
        while (true)
        {
            if (Take("."))
            {
                term = new RegoTerm.Index(term, new RegoTerm.Constant(Identifier()));
            }
            else if (Take("["))
            {
                term = new RegoTerm.Index(term, Term());
                Expect("]");
            }
            else if (Next == "(")
            {
                _at++;
                term = new RegoTerm.Call(FunctionName(term), Items(")"));
            }
            else
            {
                return term;
            }
        }
    }

    private RegoTerm Primary()
    {
        var token = _at < _tokens.Count ? _tokens[_at++] : throw Unexpected("the end");
        return token switch
        {
            "[" => new RegoTerm.List(Items("]")),
            "{" => Map(),
            "true" => new RegoTerm.Constant(true),
            "false" => new RegoTerm.Constant(false),
            "null" => new RegoTerm.Constant(null),
            _ when token[0] == '"' => new RegoTerm.Constant(Regex.Unescape(token[1..^1])),
            _ when char.IsAsciiDigit(token[0]) => new RegoTerm.Constant(decimal.Parse(token, CultureInfo.InvariantCulture)),
            _ when IsIdentifier(token) => new RegoTerm.Name(token),
            _ => throw Unexpected(token),
        };
    }

    private List<RegoTerm> Items(string end)
    {
        var items = new List<RegoTerm>();
        while (!Take(end))
        {
            items.Add(Term());
            if (!Take(",") && Next != end)
            {
                throw Unexpected(Next);
            }
        }

        return items;
    }

    private RegoTerm.Map Map()
    {
        var fields = new List<(RegoTerm, RegoTerm)>();
        for (SkipLines(); !Take("}"); SkipLines())
        {
            var key = Term();
            Expect(":");
            fields.Add((key, Term()));
            Take(",");
        }

        return new RegoTerm.Map(fields);
    }

    private static string FunctionName(RegoTerm term) => term switch
    {
        RegoTerm.Name name => name.Text,
        RegoTerm.Index { Target: var target, Key: RegoTerm.Constant { Value: string field } } => $"{FunctionName(target)}.{field}",
        _ => throw new FormatException($"no name of a function: {term}"),
    };

    private string DottedName()
    {
        var name = Identifier();
        while (Take("."))
        {
            name += "." + Identifier();
        }

        return name;
    }

    private string Identifier() => IsIdentifier(Next) ? _tokens[_at++] : throw Unexpected(Next);

    private static bool IsIdentifier(string token) => token.Length > 0 && (char.IsAsciiLetter(token[0]) || token[0] == '_');

    private bool Take(string token)
    {
        if (Next != token)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token))
        {
            throw Unexpected(Next);
        }
    }

    private void SkipLines()
    {
        while (Next == "\n" || Next == ";")
        {
            _at++;
        }
    }

    private FormatException Unexpected(string token) =>
        new($"unexpected `{token}` after `{string.Join(' ', _tokens.Take(_at).TakeLast(8))}`: not in the part of Rego that these tests can run");

    [GeneratedRegex("""\n|"(?:[^"\\]|\\.)*"|:=|==|!=|[A-Za-z_][A-Za-z0-9_]*|[0-9]+(?:\.[0-9]+)?|\S""")]
    private static partial Regex Token();

    [GeneratedRegex(@"(?m)^[ \t]*#.*$")]
    private static partial Regex Comment();
}
