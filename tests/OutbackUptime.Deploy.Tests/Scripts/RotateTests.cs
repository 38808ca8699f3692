using System.Text.RegularExpressions;
using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Scripts;

/// <summary>k8s/platform/clickhouse/jobs/rotate.sh with stand-ins for the store and Vault.</summary>
public sealed partial class RotateTests : IDisposable
{
    private const string Script = "k8s/platform/clickhouse/jobs/rotate.sh";
    private readonly FakeTools _tools = new();
    private readonly Dictionary<string, string> _environment;

    public RotateTests() => _environment = new(StringComparer.Ordinal)
    {
        ["STORE"] = "http://store",
        ["ADMIN_PASSWORD_FILE"] = _tools.Write("admin", "adminsecret"),
        ["VAULT_ADDR"] = "https://vault",
        ["VAULT_AUTH"] = "kubernetes-syd",
        ["VAULT_ROLE"] = "store-jobs",
        ["VAULT_JWT_FILE"] = _tools.Write("jwt", "jwtsecret"),
        ["VAULT_KEY"] = "outback/prod/clickhouse-syd",
    };

    public void Dispose() => _tools.Dispose();

    [ToolFact("jq")]
    public async Task Rotate_WhenUsersHavePasswords_LeavesVaultsAndTheNewOneGood_ThenWritesVault()
    {
        AddCurl("""{"admin":"a","operator":"o","silo":"11aa","grafana":"22bb","ledger":"33cc","backup":"44dd"}""");

        var (exit, output, errors) = await _tools.RunAsync(Script, _environment);

        Assert.True(exit == 0, output + errors);
        var calls = _tools.Calls.Split('\n').ToList();
        foreach (var (user, old) in new[] { ("silo", "11aa"), ("grafana", "22bb"), ("ledger", "33cc"), ("backup", "44dd") })
        {
            var changed = calls.FindIndex(c => Regex.IsMatch(c, $"ALTER USER {user} IDENTIFIED WITH sha256_password BY '{old}', sha256_password BY '[0-9a-f]{{64}}'", RegexOptions.None, TimeSpan.FromSeconds(1)));
            Assert.True(changed >= 0, $"{user}: {_tools.Calls}");
            Assert.True(changed < calls.FindIndex(c => c.Contains("--request POST", StringComparison.Ordinal)), "Vault is written before the store takes the password");
        }

        var written = calls.Single(c => c.Contains("--request POST", StringComparison.Ordinal));
        Assert.Contains("\"cas\":7", Squeezed(_tools.Calls), StringComparison.Ordinal);
        Assert.Contains("secret/data/outback/prod/clickhouse-syd", written, StringComparison.Ordinal);
        Assert.Contains("\"admin\":\"a\",\"operator\":\"o\"", Squeezed(_tools.Calls), StringComparison.Ordinal);
        Assert.Contains("GRANT ALL ON outback.* TO silo", _tools.Calls, StringComparison.Ordinal);
        Assert.Contains("GRANT SELECT ON outback.* TO grafana", _tools.Calls, StringComparison.Ordinal);
    }

    [ToolFact("jq")]
    public async Task Rotate_NeverPutsASecretIntoArguments()
    {
        AddCurl("""{"silo":"11aa"}""");

        await _tools.RunAsync(Script, _environment);

        Assert.All(_tools.Calls.Split('\n').Where(c => c.StartsWith("curl", StringComparison.Ordinal)).Select(c => c.Split(" | ")[0]), arguments =>
        {
            Assert.DoesNotContain("adminsecret", arguments, StringComparison.Ordinal);
            Assert.DoesNotContain("jwtsecret", arguments, StringComparison.Ordinal);
            Assert.DoesNotContain("11aa", arguments, StringComparison.Ordinal);
            Assert.DoesNotContain("vaulttoken", arguments, StringComparison.Ordinal);
        });
    }

    [ToolFact("jq")]
    public async Task Rotate_WhenTheStoreRefuses_LeavesVaultAlone()
    {
        AddCurl("""{"silo":"11aa"}""", store: "echo 'Code: 497' >&2; exit 22");

        var (exit, _, _) = await _tools.RunAsync(Script, _environment);

        Assert.NotEqual(0, exit);
        Assert.DoesNotContain("--request POST", _tools.Calls, StringComparison.Ordinal);
    }

    [ToolFact("jq")]
    public async Task Rotate_WhenVaultHoldsWhatIsNotItsOwn_ChangesNothing()
    {
        AddCurl("""{"silo":"it's'"}""");

        var (exit, _, errors) = await _tools.RunAsync(Script, _environment);

        Assert.Equal(1, exit);
        Assert.Contains("nothing changed", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("ALTER USER", _tools.Calls, StringComparison.Ordinal);
    }

    private void AddCurl(string secret, string store = "echo 1") => _tools.Add("curl", """
        case "$args" in
          */auth/*) echo '{"auth":{"client_token":"vaulttoken"}}' ;;
          *"--request GET"*) echo '{"data":{"data":SECRET,"metadata":{"version":7}}}' ;;
          *"--request POST"*) echo '{}' ;;
          *) STORE ;;
        esac
        """.Replace("SECRET", secret.Replace("'", "'\\''", StringComparison.Ordinal), StringComparison.Ordinal).Replace("STORE", store, StringComparison.Ordinal));

    private static string Squeezed(string text) => Space().Replace(text, "");

    [GeneratedRegex(@"\s")]
    private static partial Regex Space();
}
