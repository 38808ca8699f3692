namespace OutbackUptime.Operations.Tests.Stack;

/// <summary>A test that needs a tool; skipped, and says so, where there is none.</summary>
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(string tool) =>
        Skip = Tool.Exists(tool) ? null : $"{tool} is not installed (Debian packages prometheus, prometheus-alertmanager)";
}
