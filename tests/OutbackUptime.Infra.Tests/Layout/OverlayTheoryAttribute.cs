using OutbackUptime.Infra.Tests.Terraform;

namespace OutbackUptime.Infra.Tests.Layout;

/// <summary>A test of the overlays' values; skipped, and says so, where there are none (or, if asked for, no Terraform).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OverlayTheoryAttribute : TheoryAttribute
{
    private bool _terraform;

    public OverlayTheoryAttribute() => Skip = Why();

    /// <summary>The test runs Terraform as well.</summary>
    public bool NeedsTerraform
    {
        get => _terraform;
        set
        {
            _terraform = value;
            Skip = Why();
        }
    }

    private string? Why() =>
        !File.Exists(ClusterValues.PathOf("prod", "sydney")) ? "there is no k8s/overlays/prod/sydney/cluster-values.yaml"
        : _terraform && TerraformCli.Program is null ? "terraform is not installed (nor tofu)"
        : null;
}
