using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Policies;

/// <summary>The policies' suites: run here by a small interpreter of Rego, and by Gatekeeper's own `gator` where it is installed.</summary>
public sealed class PolicySuiteTests
{
    private const string Suites = "tests/OutbackUptime.Deploy.Tests/Policies/Suites";

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var suite in Repository.Find(Suites, "suite.yaml"))
            {
                foreach (var sample in Test(suite)["cases"]!.Items)
                {
                    data.Add(suite, sample["object"]!.Text);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Sample_IsRefusedExactlyIfItIsBad(string suite, string sample)
    {
        var test = Test(suite);
        var expected = test["cases"]!.Items.Single(c => c["object"]!.Text == sample)["assertions"]!.Items.Single()["violations"]!.Text;
        var candidate = Kustomization.Parse(Repository.Read(Beside(suite, sample))).Single();

        var violations = Policy.Read(Beside(suite, test["template"]!.Text), Beside(suite, test["constraint"]!.Text)).Violations(candidate);

        Assert.True(expected == "yes" ? violations.Count > 0 : violations.Count == 0, $"expected violations: {expected}; found: {string.Join("; ", violations)}");
        Assert.Equal(sample.StartsWith("bad-", StringComparison.Ordinal), expected == "yes");
    }

    [Fact]
    public void EveryPolicy_HasASuiteWithGoodAndBadSamples_AndEverySampleIsInIt()
    {
        Assert.Equal(6, Policy.All.Count);
        Assert.Equal(Policy.All.Order(), Repository.Find(Policy.Constraints, "*.yaml").Select(p => Path.GetFileNameWithoutExtension(p)).Except(["kustomization", "scanned"]).Order());
        Assert.All(Policy.All, name =>
        {
            var suite = $"{Suites}/{name}/suite.yaml";
            var samples = Test(suite)["cases"]!.Items.Select(c => c["object"]!.Text).ToList();
            Assert.Contains(samples, s => s.StartsWith("good-", StringComparison.Ordinal));
            Assert.Contains(samples, s => s.StartsWith("bad-", StringComparison.Ordinal));
            Assert.Equal(Repository.Find($"{Suites}/{name}", "*.yaml").Select(p => Path.GetFileName(p)).Except(["suite.yaml", "constraint.yaml"]).Order(), samples.Order());
        });
    }

    [Fact]
    public void EveryConstraint_Denies() => Assert.All(Policy.All, name => Assert.Equal("deny", Policy.Of(name).Action));

    [Fact]
    public void Library_IsTheSameInEveryTemplate()
    {
        var library = string.Join('\n', Repository.Read("k8s/platform/security/policies/lib.rego").Split('\n').SkipWhile(l => !l.StartsWith("package", StringComparison.Ordinal)).Where(l => !l.StartsWith('#'))).Trim();

        var copies = Policy.All.SelectMany(name => Policy.Sources(Kustomization.Parse(Repository.Read($"{Policy.Templates}/{name}.yaml")).Single()).Skip(1)).ToList();

        Assert.Equal(5, copies.Count);
        Assert.All(copies, copy => Assert.Equal(library, copy.Trim()));
    }

    [ToolFact("gator")]
    public async Task Gator_AgreesWithEverySuite()
    {
        var (exit, output, errors) = await Tool.RunAsync("gator", ["verify", Repository.PathOf(Suites) + "/..."]);

        Assert.True(exit == 0, output + errors);
    }

    private static KubeObject Test(string suite) => Kustomization.Parse(Repository.Read(suite)).Single()["tests"]!.Items.Single();

    private static string Beside(string suite, string file) => Path.GetRelativePath(Repository.PathOf("."), Path.GetFullPath(Path.Combine(Repository.PathOf(Path.GetDirectoryName(suite)!), file)));
}
