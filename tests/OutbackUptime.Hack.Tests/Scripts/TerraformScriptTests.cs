using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Hack.Tests.Scripts;

/// <summary>hack/lock-providers.sh and check-infra.sh with a Terraform that says what a test tells it to.</summary>
public sealed class TerraformScriptTests
{
    private const string Locked = "provider \"registry.terraform.io/hashicorp/azurerm\" {\n  version     = \"4.56.0\"\n  hashes = [\n    \"h1:x\",\n  ]\n}\n";

    [Theory]
    [InlineData("true", "--check", 0, "every provider is locked")]
    // A hash for one more platform is no change of what is locked.
    [InlineData("sed -i 's/h1:x/h1:y/' \"$root/.terraform.lock.hcl\"", "--check", 0, "every provider is locked")]
    [InlineData("[ $root != dns ] || echo 'provider \"registry.terraform.io/ns1-terraform/ns1\" {' >>\"$root/.terraform.lock.hcl\"", "--check", 1, "changed, to be committed: infra/terraform/dns/.terraform.lock.hcl")]
    [InlineData("[ $root != dns ] || echo 'provider \"registry.terraform.io/ns1-terraform/ns1\" {' >>\"$root/.terraform.lock.hcl\"", "", 0, "changed, to be committed: infra/terraform/dns/.terraform.lock.hcl")]
    [InlineData("false", "--check", 1, "aws: the providers could not be locked")]
    [InlineData("true", "--force", 2, "expected --check, --upgrade or --help")]
    public async Task LockProviders_WhenRun_SaysWhatWasMissing(string does, string argument, int expected, string said)
    {
        using var folder = new TempFolder();
        foreach (var root in new[] { "aws", "azure", "witness", "dns" })
        {
            Directory.CreateDirectory(folder.File(root));
            File.WriteAllText(folder.File($"{root}/.terraform.lock.hcl"), Locked);
        }

        using var world = new FakeWorld { ["ROOTS"] = folder.FullPath };
        world.Tool("terraform", $"root=${{1#-chdir=}}\ncase \"$*\" in *\"providers lock\"*) {does} ;; esac");

        var (exit, output) = await world.RunAsync("lock-providers.sh", argument.Length > 0 ? [argument] : []);

        Assert.Equal(expected, exit);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    [ToolFact("jq")]
    public async Task CheckInfra_WhenPlansAreWanted_LeavesOneForEachRunOfARoot()
    {
        using var folder = new TempFolder();
        using var world = new FakeWorld { ["OUTBACK_TERRAFORM_PLANS"] = folder.File("plans") };
        world.Tool("terraform", """
            case "$*" in
              *"test -json"*)
                echo '{"type":"test_run","test_run":{"run":"x"}}'
                echo '{"type":"test_plan","test_plan":{"resource_changes":[],"provider_schemas":{"x":1}}}'
                echo '{"type":"test_plan","test_plan":{"plan_format_version":"1.2"}}'
                echo '{"type":"test_state","test_state":{"root_module":{"resources":[]}}}' ;;
            esac
            """);

        var (exit, output) = await world.RunAsync("check-infra.sh", "--require");

        Assert.True(exit == 0, output);
        Assert.Contains("0 skipped, 0 failed", output, StringComparison.Ordinal);
        string[] roots = ["aws", "azure", "dns", "witness"];
        Assert.Equal(roots.SelectMany(root => new[] { $"{root}-000.json", $"{root}-001.json" }), Directory.GetFiles(folder.File("plans")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.Equal("{\"resource_changes\":[]}\n", File.ReadAllText(folder.File("plans/aws-000.json")));
    }

    [Theory]
    [InlineData("--require", 1)]
    [InlineData("", 0)]
    public async Task CheckInfra_WhenTheRegistryDoesNotAnswer_SkipsOrFails(string argument, int expected)
    {
        using var world = new FakeWorld();
        world.Tool("terraform", "case \"$*\" in *modules/layout*|*\" fmt \"*) true ;; *\" init \"*) echo 'Error: Failed to query available provider packages'; false ;; esac");

        var (exit, output) = await world.RunAsync("check-infra.sh", argument.Length > 0 ? [argument] : []);

        Assert.Equal(expected, exit);
        Assert.Contains("skip: the registry was not reached, so these were checked for format only:", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--require", 1)]
    [InlineData("", 0)]
    public async Task CheckInfra_WhenThereIsNoTerraform_SaysSo(string argument, int expected)
    {
        using var world = new FakeWorld();

        var (exit, output) = await world.RunAsync("check-infra.sh", argument.Length > 0 ? [argument] : []);

        Assert.Equal(expected, exit);
        Assert.Contains("skip: terraform is not installed", output, StringComparison.Ordinal);
    }
}
