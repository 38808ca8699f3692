namespace OutbackUptime.Bench.Servers;

/// <summary>Which build of the gateway is measured.</summary>
/// <param name="Path">Its program.</param>
/// <param name="Kind">What kind of build that is, for the report.</param>
internal sealed record GatewayProgram(string Path, string Kind)
{
    /// <summary>The given one, else the native one that hack/publish-gateway.sh has made, else the one built with the bench.</summary>
    public static GatewayProgram Find(string? given)
    {
        if (given is not null)
        {
            return File.Exists(given) ? new GatewayProgram(System.IO.Path.GetFullPath(given), "given by --gateway") : throw new BenchException($"--gateway {given}: there is no such file.");
        }

        // artifacts/bin/OutbackUptime.Bench/release
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var artifacts = own.Parent!.Parent!.Parent!.FullName;
        var architecture = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        var native = System.IO.Path.Combine(artifacts, "gateway", architecture, "OutbackUptime.EdgeGateway");
        var built = System.IO.Path.Combine(artifacts, "bin", "OutbackUptime.EdgeGateway", own.Name, "OutbackUptime.EdgeGateway");
        return File.Exists(native) ? new GatewayProgram(native, $"native, published {File.GetLastWriteTime(native):yyyy-MM-dd HH:mm}") : new GatewayProgram(built, "just-in-time; hack/publish-gateway.sh makes the native one");
    }
}
