using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Hack.Tests.Scripts;

/// <summary>
/// A PATH on which az, aws, kubectl, curl, dig and flux are scripts of the test's: each call is written to a log, then the test's
/// own lines answer it. Files in <c>$STATE</c> are the world that they change.
/// </summary>
internal sealed class FakeWorld : IDisposable
{
    private static readonly string[] s_tools = ["az", "aws", "kubectl", "curl", "dig", "flux"];
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _environment;

    public FakeWorld()
    {
        Directory.CreateDirectory(_folder.File("bin"));
        Directory.CreateDirectory(_folder.File("state"));
        File.WriteAllText(_folder.File("calls"), "");
        foreach (var tool in s_tools)
        {
            Tool(tool, "true");
        }

        _environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{_folder.File("bin")}:/usr/bin:/bin",
            ["STATE"] = _folder.File("state"),
            ["CALLS"] = _folder.File("calls"),
            ["OUTBACK_POLL_SECONDS"] = "0",
        };
    }

    public string this[string variable]
    {
        set => _environment[variable] = value;
    }

    /// <summary>What the tools were called with so far, one call a line.</summary>
    public IReadOnlyList<string> Calls => File.ReadAllLines(_folder.File("calls"));

    /// <summary>Answers a tool's calls by lines of bash; a file `after` in the state is run after each.</summary>
    public void Tool(string name, string bash)
    {
        var path = _folder.File($"bin/{name}");
        File.WriteAllText(path, $"#!/usr/bin/env bash\necho \"{name} $*\" >>\"$CALLS\"\n{bash}\ncode=$?\n[ ! -e \"$STATE/after\" ] || . \"$STATE/after\"\nexit $code\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Missing(string name) => File.Delete(_folder.File($"bin/{name}"));

    public void Write(string name, string text) => File.WriteAllText(_folder.File($"state/{name}"), text);

    public string Read(string name) => File.ReadAllText(_folder.File($"state/{name}")).Trim();

    public string FileOf(string name) => _folder.File($"state/{name}");

    /// <summary>Starts a script. Ctrl-C reaches it also where whoever runs the tests ignores it, which children inherit and bash can't undo.</summary>
    public ChildProcess Start(string script, params string[] arguments) =>
        ChildProcess.Start("env", ["--default-signal=INT", "bash", Repository.PathOf($"hack/{script}"), .. arguments], _environment);

    /// <summary>Runs a script to its end: exit code, and what it said on both streams.</summary>
    public async Task<(int Exit, string Output)> RunAsync(string script, params string[] arguments)
    {
        await using var process = Start(script, arguments);
        var exit = await process.WaitForExitAsync(s_patience);
        return (exit, process.Output);
    }

    public void Dispose() => _folder.Dispose();
}
