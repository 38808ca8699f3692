namespace OutbackUptime.Hack.Tests;

/// <summary>A theory that needs a program; skipped, and says so, where it is missing.</summary>
internal sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(string tool) => Skip = Tool.Exists(tool) ? null : $"not installed: {tool} (apt-get install {tool})";
}
