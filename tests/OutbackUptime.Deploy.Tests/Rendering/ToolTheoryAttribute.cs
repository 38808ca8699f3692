namespace OutbackUptime.Deploy.Tests.Rendering;

/// <summary>A theory that needs a program; skipped, and says so, where there is none.</summary>
internal sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(string tool) => Skip = Tool.Exists(tool) ? null : $"{tool} is not installed";
}
