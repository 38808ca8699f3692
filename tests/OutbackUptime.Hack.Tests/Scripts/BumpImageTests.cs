using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Hack.Tests.Scripts;

public sealed class BumpImageTests : IDisposable
{
    private const string Old = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
    private static readonly string s_new = "sha256:" + new string('a', 64);
    private readonly TempFolder _k8s = new();

    public BumpImageTests()
    {
        Write("overlays/dev/silo/kustomization.yaml", $"""
            images:
              # Written by the pipeline.
              - name: outback-uptime/silo
                newName: $[registry]/outback-uptime/silo
                digest: {Old}
              - name: outback-uptime/edge-gateway
                digest: {Old}
            """);
        Write("overlays/prod/silo/kustomization.yaml", $"images:\n  - name: outback-uptime/silo\n    digest: {Old}\n");
        Write("platform/security/policies/constraints/scanned.yaml", "spec:\n  parameters:\n    scanned: {}\n");
    }

    [Fact]
    public async Task BumpImage_WhenAnOverlayPinsIt_ChangesThatDigestOnly()
    {
        var (exit, output) = await BumpAsync("dev", "silo", s_new);

        Assert.True(exit == 0, output);
        Assert.Equal(
            $"images:\n  # Written by the pipeline.\n  - name: outback-uptime/silo\n    newName: $[registry]/outback-uptime/silo\n    digest: {s_new}\n  - name: outback-uptime/edge-gateway\n    digest: {Old}\n",
            Read("overlays/dev/silo/kustomization.yaml"));
        Assert.Contains(Old, Read("overlays/prod/silo/kustomization.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BumpImage_WhenDone_ListsTheDigestAsScannedOnce()
    {
        await BumpAsync("dev", "silo", s_new);
        await BumpAsync("dev", "silo", s_new);
        var (exit, output) = await BumpAsync("prod", "silo", "sha256:" + new string('b', 64));

        Assert.True(exit == 0, output);
        Assert.Matches($"    scanned:\n      \"sha256:b{{64}}\": \"[0-9-]{{10}}\" # silo\n      \"{s_new}\": \"[0-9-]{{10}}\" # silo\n$", Read("platform/security/policies/constraints/scanned.yaml"));
    }

    [Fact]
    public async Task BumpImage_WhenNoOverlayNamesIt_Fails()
    {
        var (exit, output) = await BumpAsync("prod", "edge-gateway", s_new);

        Assert.Equal(1, exit);
        Assert.Contains("no overlay of prod names outback-uptime/edge-gateway", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dev silo latest")]
    [InlineData("dev silo " + Old)]
    [InlineData("test silo sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("dev demo sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("dev silo")]
    public async Task BumpImage_WhenTheArgumentsAreWrong_ExitsWith2(string arguments)
    {
        var before = Read("overlays/dev/silo/kustomization.yaml");

        var (exit, _) = await BumpAsync(arguments.Split(' '));

        Assert.Equal(2, exit);
        Assert.Equal(before, Read("overlays/dev/silo/kustomization.yaml"));
    }

    public void Dispose() => _k8s.Dispose();

    private async Task<(int Exit, string Output)> BumpAsync(params string[] arguments)
    {
        using var world = new FakeWorld { ["K8S"] = _k8s.FullPath };
        return await world.RunAsync("bump-image.sh", arguments);
    }

    private string Read(string path) => File.ReadAllText(_k8s.File(path));

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_k8s.File(path))!);
        File.WriteAllText(_k8s.File(path), text.EndsWith('\n') ? text : text + "\n");
    }
}
