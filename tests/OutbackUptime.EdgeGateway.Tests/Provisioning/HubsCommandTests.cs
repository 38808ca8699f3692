using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using OutbackUptime.EdgeGateway.Mqtt;
using OutbackUptime.EdgeGateway.Provisioning;
using OutbackUptime.Testing;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Provisioning;

public sealed class HubsCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Add_MakesACredentialThatAGatewayTakes_AndOnlyTheOwnerCanRead()
    {
        var (code, output, _) = Run("add", "bore-01", "trough-07");

        Assert.Equal(0, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')).ToList();
        Assert.Equal(["bore-01", "trough-07"], lines.Select(l => l[0]));
        var credentials = HubCredentials.Load(Path);
        Assert.All(lines, l => Assert.True(l[1].Length == 32 && credentials.IsValid(l[0], l[1])));
        Assert.False(credentials.IsValid("bore-01", lines[1][1]));
        Assert.DoesNotContain(lines[0][1], File.ReadAllText(Path), StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void Revoke_TakesOneAway()
    {
        Run("add", "bore-01", "trough-07");

        Assert.Equal(0, Run("revoke", "bore-01").Code);
        Assert.Equal("trough-07\n", Run("list").Output);
    }

    [Theory]
    [InlineData("is there already", "add", "bore-01")]
    [InlineData("no hub's id", "add", "Bore 1")]
    [InlineData("the gateway itself uses it", "add", "gateway")]
    [InlineData("The CA can't be used", "add", "--ca", "nowhere.pem", "--ca-key", "nowhere.key", "--out", "nowhere", "bore-02")]
    [InlineData("There is no hub 'bore-02'", "revoke", "bore-02")]
    public void ARefusal_SaysWhy_AndChangesNothing(string why, params string[] arguments)
    {
        Run("add", "bore-01");
        var before = File.ReadAllText(Path);

        var (code, _, error) = Run(arguments);

        Assert.Equal(1, code);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path));
    }

    [Fact]
    public void ABrokenFile_IsNotBuiltUpon()
    {
        File.WriteAllText(Path, """{"hubs":[{"id":"bore-01","salt":"","sha256":""}]}""");

        Assert.Equal(1, Run("add", "trough-07").Code);
    }

    [Fact]
    public async Task AtOnce_NoneIsLost()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Run("add", $"bore-{i}").Code)));

        // One change at a time: another is refused, never swallowed.
        Assert.Equal(codes.Count(c => c == 0), HubCredentials.Load(Path).Count);
        Assert.NotEqual(0, codes.Count(c => c == 0));
    }

    [Fact]
    public void AddWatcher_IsListedAsOne()
    {
        var (code, output, _) = Run("add", "--watcher", "office");
        Run("add", "bore-01");

        Assert.Equal(0, code);
        Assert.True(HubCredentials.Load(Path).IsValid("office", output.Trim().Split('\t')[1]));
        Assert.Equal(["bore-01"], HubCredentials.Load(Path).Hubs);
        Assert.Equal("bore-01\noffice\twatcher\n", Run("list").Output);
    }

    [Fact]
    public void AddByCertificate_TakesThatOneOnly_AndKeepsTheKeyForItsOwner()
    {
        var certificates = new TestCertificates(_folder.FullPath);
        var (code, output, _) = Run("add", "--ca", certificates.CaPath, "--ca-key", certificates.CaKeyPath, "--out", _folder.File("out"), "bore-01");
        var (other, _) = certificates.Make("bore-01", "spiffe://x/y");
        var paths = output.Trim().Split('\t');

        Assert.Equal((0, "bore-01"), (code, paths[0]));
        using var mine = X509CertificateLoader.LoadCertificateFromFile(paths[1]);
        using var another = X509CertificateLoader.LoadCertificateFromFile(other);
        Assert.Equal("CN=bore-01", mine.Subject);
        var credentials = HubCredentials.Load(Path);
        Assert.True(credentials.IsValid("bore-01", mine));
        Assert.False(credentials.IsValid("bore-01", another));
        Assert.False(credentials.IsValid("bore-01", ""));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(paths[2]) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData("add", "--watcher")]
    [InlineData("add", "--ca", "ca.pem", "bore-01")]
    [InlineData("add", "--colour", "bore-01")]
    [InlineData("add", "bore-01", "--out")]
    public void Add_WithWhatItDoesNotKnow_ShowsTheUsage(params string[] arguments)
    {
        Assert.Equal(2, Run(arguments).Code);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void NotUnderstood_ShowsTheUsage()
    {
        var (code, _, error) = Run("remove", "bore-01");

        Assert.Equal(2, code);
        Assert.StartsWith("Usage: hubs add", error, StringComparison.Ordinal);
    }

    private string Path => _folder.File("hubs.json");

    private (int Code, string Output, string Error) Run(params string[] arguments)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Mqtt:HubsFile", Path)]).Build();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter();
        var code = HubsCommand.Run(arguments, configuration, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
