using System.CommandLine;
using System.CommandLine.Parsing;

namespace OutbackUptime.Bench;

/// <summary>The options that all suites share.</summary>
internal sealed class CommonOptions
{
    private readonly Option<FileInfo?> _report = new("--report") { Description = "write a JSON report" };
    private readonly Option<DirectoryInfo?> _data = new("--data") { Description = "folder on the disk to measure; not a RAM disk, on which an fsync costs nothing" };

    public void AddTo(Command command)
    {
        command.Options.Add(_report);
        command.Options.Add(_data);
    }

    public string? Report(ParseResult parsed) => parsed.GetValue(_report)?.FullName;

    public string Data(ParseResult parsed) => parsed.GetValue(_data)?.FullName
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "outback-uptime", "bench");
}
