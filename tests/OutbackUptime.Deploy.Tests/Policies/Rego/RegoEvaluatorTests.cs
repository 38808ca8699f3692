using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Policies.Rego;

/// <summary>Where a small interpreter is most easily wrong: undefined, `not`, iteration, functions with several bodies.</summary>
public sealed class RegoEvaluatorTests
{
    [Theory]
    [InlineData("x { input.a == 1 }", true)]
    [InlineData("x { input.a == 2 }", false)]
    [InlineData("x { input.nothing != 1 }", false)] // undefined is no value that differs
    [InlineData("x { not input.nothing }", true)]
    [InlineData("x { not input.no }", true)] // false
    [InlineData("x { input.no == false }", true)]
    [InlineData("x { input.list[_] == \"b\" }", true)]
    [InlineData("x { not input.list[_] == \"b\" }", false)]
    [InlineData("x { input.list[1] == \"b\" }", true)]
    [InlineData("x { input.list[2] }", false)]
    [InlineData("x { f(input.a) }\nf(n) { n == 7 }\nf(n) { n == 1 }", true)]
    [InlineData("x { not f(input.a) }\nf(n) { n == 7 }", true)]
    [InlineData("x { v := input.list[_]\n  v == \"a\" }", true)]
    [InlineData("x { endswith(input.a, \"1\") }", false)] // a number is no string: undefined
    [InlineData("x { s[_] == \"b\" }\ns[e] { e := input.list[_] }", true)]
    [InlineData("x { input.a > 0 }", true)]
    [InlineData("x { input.a > 1 }", false)]
    [InlineData("x { input.nothing > 1 }", false)]
    [InlineData("x { input.a * 3 > input.a * 2 }", true)]
    [InlineData("x { to_number(\"12.5\") > 12 }", true)]
    [InlineData("x { to_number(null) == 0 }", true)] // as OPA does
    [InlineData("x { to_number(\"a\") }", false)]
    [InlineData("x { limit == 1 }\nlimit := 1", true)]
    [InlineData("x { y.k == 1 }\ny = o { o := {\"k\": input.a} }", true)]
    public void Rule_AsInRego_HoldsOrNot(string rules, bool holds)
    {
        var module = RegoParser.Parse($"package p\n\nviolation[{{\"msg\": msg}}] {{\n  x\n  msg := \"yes\"\n}}\n\n{rules}");
        var input = RegoValue.Of(Kustomization.Parse("{a: 1, no: false, list: [a, b]}").Single());

        Assert.Equal(holds, new RegoEvaluator([module], input).Elements("p", "violation").Count > 0);
    }

    [Theory]
    [InlineData("x { input.a >= 1 }")]
    [InlineData("x { input.a + 1 == 2 }")]
    [InlineData("default x = false")]
    [InlineData("x { every v in input.list { v } }")]
    public void Parse_WhatItDoesNotKnow_Throws(string rules) => Assert.Throws<FormatException>(() => RegoParser.Parse($"package p\n\n{rules}"));
}
