using System.Text.RegularExpressions;
using OutbackUptime.Deploy.Tests.Overlays;
using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Images;

/// <summary>
/// The images. Built by the SDK on a stand-in for the base image (<see cref="LocalRegistry"/>), of what is built already; the gateway
/// as the portable program, since NativeAOT takes minutes (hack/publish-gateway.sh --image makes that one).
/// </summary>
public sealed partial class ImageTests
{
    public static TheoryData<string> Containerfiles => ["silo/deploy/Containerfile", "edge-gateway/deploy/Containerfile"];

    [Theory]
    [Trait("Suite", "Slow")]
    [InlineData("silo/OutbackUptime.Silo", "silo")]
    [InlineData("edge-gateway/OutbackUptime.EdgeGateway", "edge-gateway")]
    public async Task PublishContainer_MakesAnImageOfTheProductAlone(string project, string image)
    {
        var folder = Directory.CreateTempSubdirectory("outback-image-");
        try
        {
            await using var registry = await LocalRegistry.StartAsync();
            var archive = Path.Combine(folder.FullName, "image.tar.gz");
            var program = project.Split('/')[1];

            var (exit, output, errors) = await Tool.RunAsync(
                "dotnet",
                ["publish", Repository.PathOf(project), "-t:PublishContainer", "--no-build", "-c", Configuration, $"-p:ContainerBaseImage={registry.Address}/base@{registry.Manifest}", $"-p:ContainerArchiveOutputPath={archive}", $"-p:PublishDir={folder.FullName}/out/", "-p:UseAppHost=false", "-v:q", "--nologo"],
                new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "1" });

            Assert.True(exit == 0, output + errors);
            var built = new ImageArchive(archive);
            Assert.StartsWith($"outback-uptime/{image}:", Assert.Single(built.Tags), StringComparison.Ordinal);
            Assert.Equal("1654:1654", built.Config.GetProperty("User").GetString());
            Assert.Equal(["dotnet", $"/app/{program}.dll"], built.Config.GetProperty("Entrypoint").EnumerateArray().Select(e => e.GetString()));
            Assert.Equal("Apache-2.0", built.Label("org.opencontainers.image.licenses"));
            Assert.NotEmpty(built.Label("org.opencontainers.image.title"));
            Assert.Equal(registry.Manifest, built.Label("org.opencontainers.image.base.digest"));
            Assert.Contains($"/app/{program}.dll", built.Paths);
            Assert.DoesNotContain(built.Paths, p => Foreign().IsMatch(p));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Containerfiles))]
    public void Containerfile_HasPinnedBasesAndNoRoot(string path)
    {
        var lines = Repository.Read(path).Split('\n');
        var arguments = lines.Select(l => Argument().Match(l)).Where(m => m.Success).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value);

        Assert.All([arguments["SDK"], arguments["BASE"]], image => Assert.Matches("^mcr\\.microsoft\\.com/dotnet/[a-z-]+:[a-z0-9.-]+@sha256:[0-9a-f]{64}$", image));
        Assert.All(lines.Where(l => l.StartsWith("FROM ", StringComparison.Ordinal)), l => Assert.Matches(@"^FROM (--platform=\$BUILDPLATFORM )?(\$\{SDK\}|\$\{BASE\}|\$\{SOURCE\}-\$\{TARGETARCH\}|build|scratch)( AS [a-z0-9-]+)?$", l));
        Assert.Contains("USER 1654:1654", lines);
        Assert.Contains("outback-uptime.sbom", Repository.Read(path), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Containerfiles))]
    public void Containerfile_AndProject_AgreeOnBaseAndPorts(string path)
    {
        var project = Repository.Read(path.StartsWith("silo", StringComparison.Ordinal) ? "silo/OutbackUptime.Silo/OutbackUptime.Silo.csproj" : "edge-gateway/OutbackUptime.EdgeGateway/OutbackUptime.EdgeGateway.csproj");
        var file = Repository.Read(path);

        Assert.Contains($"<ContainerBaseImage>{Argument().Matches(file).Single(m => m.Groups["name"].Value == "BASE").Groups["value"].Value}<", project, StringComparison.Ordinal);
        Assert.Contains($"<ContainerPort Include=\"{ExposedPorts().Match(file).Groups[1].Value.Replace(' ', ';')}\"", project, StringComparison.Ordinal);
        Assert.Contains("<ContainerUser>1654:1654<", project, StringComparison.Ordinal);
    }

    [ToolFact("kubectl")]
    public async Task Workloads_RunAsTheImagesUser()
    {
        foreach (var (path, name) in new[] { ("prod/sydney", "silo"), ("prod/edge", "edge-gateway") })
        {
            var workload = Workload.Named(await new Overlay(path).RenderAsync(), name);
            Assert.Equal("1654", workload.Pod.At("securityContext/runAsUser")!.Text);
            Assert.EndsWith($"/outback-uptime/{name}", workload.Main["image"]!.Text.Split('@')[0], StringComparison.Ordinal);
        }
    }

    private static string Configuration => AppContext.BaseDirectory.Contains("release", StringComparison.OrdinalIgnoreCase) ? "Release" : "Debug";

    // Nothing of the demo, of tests, of their libraries.
    [GeneratedRegex(@"(?i)demo|ledger\.dll|embedded|azurite|chdb|xunit|testing|spectre|\.tests\.|playwright|\.env$|\.pem$|\.key$")]
    private static partial Regex Foreign();

    [GeneratedRegex("^ARG (?<name>[A-Z]+)=(?<value>.+)$", RegexOptions.Multiline)]
    private static partial Regex Argument();

    [GeneratedRegex("^EXPOSE (.+)$", RegexOptions.Multiline)]
    private static partial Regex ExposedPorts();
}
