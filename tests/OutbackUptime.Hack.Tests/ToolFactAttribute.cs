namespace OutbackUptime.Hack.Tests;

/// <summary>A test that needs programs; skipped, and says which, where one is missing.</summary>
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] tools)
    {
        var missing = tools.Where(t => !Tool.Exists(t)).ToArray();
        Skip = missing.Length == 0 ? null : $"not installed: {string.Join(", ", missing)} (apt-get install {string.Join(' ', missing)})";
    }
}
