namespace OutbackUptime.Deploy.Tests.Rendering;

/// <summary>A test that needs a program; skipped, and says so, where there is none.</summary>
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(string tool) => Skip = Tool.Exists(tool) ? null : $"{tool} is not installed";
}
