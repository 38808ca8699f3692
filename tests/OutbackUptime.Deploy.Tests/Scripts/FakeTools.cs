using OutbackUptime.Deploy.Tests.Rendering;

namespace OutbackUptime.Deploy.Tests.Scripts;

/// <summary>A folder with stand-ins for programs, which note how they were called; a script finds them before the real ones.</summary>
internal sealed class FakeTools : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fake-tools-");
    private readonly List<string> _names = [];

    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>What every stand-in was asked: its arguments and its standard input, a line each.</summary>
    public string Calls => System.IO.File.Exists(File("calls")) ? System.IO.File.ReadAllText(File("calls")) : "";

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    /// <summary>A stand-in: bash, with `$args` (all arguments) and `$body` (what it was sent).</summary>
    public void Add(string name, string answer)
    {
        Write(name, $$"""
            #!/bin/bash
            args="$*"
            body=
            case " $args " in *" @- "*|*" - "*) body=$(cat) ;; *"--data-binary "*) body="${args#*--data-binary }" ;; esac
            printf '%s\n' "{{name}} $args | $body" >>"{{File("calls")}}"
            {{answer}}
            """);
        _names.Add(name);
    }

    public async Task<(int Exit, string Output, string Errors)> RunAsync(string script, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await Tool.RunAsync("chmod", ["+x", .. _names.Select(File)]);
        var all = new Dictionary<string, string>(environment, StringComparer.Ordinal)
        {
            ["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
            ["TMPDIR"] = _folder.FullName,
        };
        return await Tool.RunAsync("bash", [Repository.PathOf(script), .. arguments], all);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
