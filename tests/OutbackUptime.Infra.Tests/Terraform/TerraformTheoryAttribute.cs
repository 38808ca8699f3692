namespace OutbackUptime.Infra.Tests.Terraform;

/// <summary>A test that needs Terraform; skipped, and says so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TerraformTheoryAttribute : TheoryAttribute
{
    public TerraformTheoryAttribute() => Skip = TerraformCli.Program is null ? "terraform is not installed (nor tofu)" : null;
}
