namespace OutbackUptime.Hack.Tests.Scripts;

public sealed class BootstrapTests
{
    [Fact]
    public async Task Bootstrap_WhenSydney_SignsInInstallsFluxAndAppliesTheRoot()
    {
        using var world = World();

        var (exit, output) = await world.RunAsync("bootstrap.sh", "prod", "sydney");

        Assert.True(exit == 0, output);
        Assert.Equal("aws eks update-kubeconfig --name outback-uptime-prod-syd --region ap-southeast-2 --alias outback-uptime-prod-syd", world.Calls[0]);
        Assert.Contains("flux install --context outback-uptime-prod-syd", world.Calls);
        Assert.Contains(world.Calls, c => c.StartsWith("kubectl create secret generic outback-uptime-deploy-key", StringComparison.Ordinal) && c.Contains($"known_hosts={world.FileOf("known_hosts")}", StringComparison.Ordinal));
        Assert.Contains(world.Calls, c => c.StartsWith("kubectl create secret generic outback-uptime-signers", StringComparison.Ordinal) && c.Contains("ann.asc", StringComparison.Ordinal));
        // The root last, for this cluster.
        Assert.Equal("root of prod sydney", world.Read("applied"));
    }

    [Fact]
    public async Task Bootstrap_WhenMelbourne_AsksAzure()
    {
        using var world = World();
        world["RESOURCE_GROUP"] = "outback-prod-mel";

        var (exit, output) = await world.RunAsync("bootstrap.sh", "prod", "melbourne");

        Assert.True(exit == 0, output);
        Assert.Equal("az aks get-credentials --resource-group outback-prod-mel --name outback-uptime-prod-mel --context outback-uptime-prod-mel --overwrite-existing", world.Calls[0]);
    }

    [Fact]
    public async Task Bootstrap_WhenDryRun_ChangesNothing()
    {
        using var world = World();
        world["DRY_RUN"] = "1";

        var (exit, output) = await world.RunAsync("bootstrap.sh", "prod", "sydney");

        Assert.True(exit == 0, output);
        Assert.Empty(world.Calls);
        Assert.Contains("would run: apply_root", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bootstrap_WhenFluxRefusesTheCluster_Stops()
    {
        using var world = World();
        world.Tool("flux", "[ \"$1\" != check ]");

        var (exit, _) = await world.RunAsync("bootstrap.sh", "prod", "sydney");

        Assert.Equal(1, exit);
        Assert.DoesNotContain(world.Calls, c => c.StartsWith("flux install", StringComparison.Ordinal) || c.StartsWith("kubectl", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "expected ENVIRONMENT and PLACE")]
    [InlineData("prod", "expected ENVIRONMENT and PLACE")]
    [InlineData("test sydney", "expected dev or prod")]
    [InlineData("prod perth", "expected sydney, melbourne or edge")]
    [InlineData("prod edge", "KUBE_CONTEXT is not set")]
    [InlineData("prod melbourne", "RESOURCE_GROUP is not set")]
    [InlineData("dev sydney", "cluster-values.yaml is missing")]
    public async Task Bootstrap_WhenTheArgumentsAreWrong_ExitsWith2(string arguments, string said)
    {
        using var world = World();

        var (exit, output) = await world.RunAsync("bootstrap.sh", arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, exit);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Empty(world.Calls);
    }

    [Theory]
    [InlineData("GIT_KEY_FILE", "", "GIT_KEY_FILE is not set")]
    [InlineData("GIT_KNOWN_HOSTS_FILE", "/nowhere", "/nowhere can't be read")]
    [InlineData("SIGNERS_FOLDER", "/proc/1/nowhere", "holds no public key")]
    public async Task Bootstrap_WhenASettingIsWrong_ExitsWith2(string name, string value, string said)
    {
        using var world = World();
        world[name] = value;

        var (exit, output) = await world.RunAsync("bootstrap.sh", "prod", "sydney");

        Assert.Equal(2, exit);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Empty(world.Calls);
    }

    private static FakeWorld World()
    {
        var world = new FakeWorld();
        world.Write("key", "private");
        world.Write("known_hosts", "git.example ssh-ed25519 AAAA");
        Directory.CreateDirectory(world.FileOf("signers"));
        world.Write("signers/ann.asc", "public");
        foreach (var (place, cluster, region) in new[] { ("sydney", "outback-uptime-prod-syd", "ap-southeast-2"), ("melbourne", "outback-uptime-prod-mel", "australiasoutheast"), ("edge", "outback-uptime-prod-edge", "") })
        {
            Directory.CreateDirectory(world.FileOf($"k8s/overlays/prod/{place}"));
            world.Write($"k8s/overlays/prod/{place}/cluster-values.yaml", $"data:\n  cluster_name: {cluster}\n  cloud_region: {region}\n");
        }

        Directory.CreateDirectory(world.FileOf("k8s/flux"));
        world.Write("k8s/flux/root.yaml", "root");
        world.Tool("flux", "if [ \"$1\" = envsubst ]; then echo \"$(cat) of $environment $cluster\"; fi");
        world.Tool("kubectl", "case \"$*\" in *apply*) cat >\"$STATE/applied\" ;; *create*) echo secret ;; esac");
        world["K8S"] = world.FileOf("k8s");
        world["GIT_KEY_FILE"] = world.FileOf("key");
        world["GIT_KNOWN_HOSTS_FILE"] = world.FileOf("known_hosts");
        world["SIGNERS_FOLDER"] = world.FileOf("signers");
        return world;
    }
}
