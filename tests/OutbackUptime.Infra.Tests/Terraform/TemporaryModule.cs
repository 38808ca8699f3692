namespace OutbackUptime.Infra.Tests.Terraform;

/// <summary>A copy of a module under `infra/terraform/modules`, deleted when disposed.</summary>
internal sealed class TemporaryModule : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("outback-terraform-");

    public TemporaryModule(string module)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "modules", module);
        var source = Repository.At("infra", "terraform", "modules", module);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(f => !f.Contains(".terraform", StringComparison.Ordinal)))
        {
            var target = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        File.Copy(Repository.At("infra", "terraform", "layout.json"), System.IO.Path.Combine(_folder.FullName, "layout.json"));
    }

    public string Path { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
