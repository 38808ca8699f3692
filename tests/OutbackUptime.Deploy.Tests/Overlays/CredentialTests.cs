using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Overlays;

/// <summary>Where the silos' credentials come from: passwords of the stores from Vault, the witness by a token.</summary>
public sealed class CredentialTests
{
    private const string Agent = "vault.hashicorp.com/agent-inject";

    public static TheoryData<string> Regional => [.. Overlay.Regional, .. Overlay.Alternatives];

    public static TheoryData<string> Environments => [.. Overlay.Environments];

    [ToolTheory("kubectl")]
    [MemberData(nameof(Regional))]
    public async Task PasswordFiles_AreWhatRotationWrites(string path)
    {
        var silo = Workload.Named(await new Overlay(path).RenderAsync(), "silo");
        var said = silo.Object.At("spec/template/metadata/annotations")!;
        var values = new Overlay(path).Values;

        foreach (var region in new[] { "syd", "mel" })
        {
            var file = silo.Environment[$"Stores__Regions__{region}__PasswordFile"]!;
            Assert.StartsWith("/vault/secrets/", file, StringComparison.Ordinal);
            var name = file["/vault/secrets/".Length..];
            var key = "secret/data/" + await RotatedKeyAsync(values, region);
            Assert.Equal(key, said[$"{Agent}-secret-{name}"]!.Text);
            Assert.Contains($"secret \"{key}\"", said[$"{Agent}-template-{name}"]!.Text, StringComparison.Ordinal);
            Assert.Contains(".Data.data.silo ", said[$"{Agent}-template-{name}"]!.Text, StringComparison.Ordinal);
            Assert.Equal("true", said[$"vault.hashicorp.com/error-on-missing-key-{name}"]!.Text);
        }

        Assert.Contains("for user in silo ", Repository.Read("k8s/platform/clickhouse/jobs/rotate.sh"), StringComparison.Ordinal);
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Regional))]
    public async Task ConnectionStrings_HoldNoSecret_AndNameTheStoresServices(string path)
    {
        var objects = await new Overlay(path).RenderAsync();
        var silo = Workload.Named(objects, "silo");

        Assert.DoesNotContain(objects, o => o.Kind == "ExternalSecret" && o.Name == "silo-stores");
        foreach (var region in new[] { "syd", "mel" })
        {
            var values = new Dictionary<string, string>(new Overlay(path).Values, StringComparer.Ordinal) { ["region"] = region };
            var service = (await Kustomization.RenderAsync("k8s/platform/clickhouse/store/base", values)).Single(o => o.Kind == "Service");
            var parts = silo.Environment[$"Stores__Regions__{region}__ConnectionString"]!.Split(';').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);

            Assert.DoesNotContain("Password", parts.Keys);
            Assert.Equal($"{service.Name}.{service.Namespace}.svc", parts["Host"]);
            Assert.Equal(service.At("spec/ports")!.Items.Single()["port"]!.Text, parts["Port"]);
            Assert.Equal("silo", parts["Username"]);
        }
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Regional))]
    public async Task Agent_ReachesVaultPastTheMesh(string path)
    {
        var objects = await new Overlay(path).RenderAsync();
        var said = Workload.Named(objects, "silo").Object.At("spec/template/metadata/annotations")!;
        var port = new Uri((await Kustomization.RenderAsync("k8s/platform/security/vault", new Overlay(path).Values)).Single(o => o.Kind == "HelmRelease").At("spec/values/global/externalVaultAddr")!.Text).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var past = said["config.linkerd.io/skip-outbound-ports"] ?? said["traffic.sidecar.istio.io/excludeOutboundPorts"]!;
        Assert.Contains(port, past.Text.Split(','));
        Assert.Equal(port, objects.Single(o => o.Kind == "NetworkPolicy" && o.Name == "silo-vault").At("spec/egress")!.Items.Single()["ports"]!.Items.Single()["port"]!.Text);
    }

    [ToolTheory("kubectl")]
    [MemberData(nameof(Environments))]
    public async Task SilosOutsideAzure_ReachTheWitnessByATokenThatItTrusts(string environment)
    {
        var overlay = new Overlay($"{environment}/sydney");
        var silo = Workload.Named(await overlay.RenderAsync(), "silo");

        Assert.False(silo.Environment.ContainsKey("Membership__ConnectionString"));
        Assert.Equal($"https://{overlay.Values["witness_account"]}.table.core.windows.net", silo.Environment["Membership__AccountUri"]);
        Assert.Equal((overlay.Values["witness_identity"], overlay.Values["witness_tenant"]), (silo.Environment["AZURE_CLIENT_ID"], silo.Environment["AZURE_TENANT_ID"]));
        var volume = silo.Pod["volumes"]!.Items.Single(v => v["name"]!.Text == "witness-token");
        var token = volume.At("projected/sources")!.Items.Single()["serviceAccountToken"]!;
        var mount = silo.Main["volumeMounts"]!.Items.Single(m => m["name"]!.Text == "witness-token");
        Assert.Equal($"{mount["mountPath"]!.Text}/{token["path"]!.Text}", silo.Environment["AZURE_FEDERATED_TOKEN_FILE"]);
        var trust = Repository.Read("infra/terraform/modules/azure-witness/main.tf");
        Assert.Contains($"[\"{token["audience"]!.Text}\"]", trust, StringComparison.Ordinal);
        Assert.Contains($"\"system:serviceaccount:outback:{silo.Pod["serviceAccountName"]!.Text}\"", trust, StringComparison.Ordinal);
    }

    private static async Task<string> RotatedKeyAsync(IReadOnlyDictionary<string, string> values, string region)
    {
        var there = new Dictionary<string, string>(values, StringComparer.Ordinal) { ["region"] = region };
        var job = (await Kustomization.RenderAsync("k8s/platform/clickhouse/jobs", there)).Single(o => o.Kind == "CronJob" && o.Name == "rotate");
        return job.At("spec/jobTemplate/spec/template/spec/containers")!.Items.Single()["env"]!.Items.Single(e => e["name"]!.Text == "VAULT_KEY")["value"]!.Text;
    }
}
