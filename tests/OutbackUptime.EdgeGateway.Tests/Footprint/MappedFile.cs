using System.Globalization;
using System.Runtime.InteropServices;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Footprint;

/// <summary>A file in memory as programs and libraries are: private, and only to be read. Each page begins with its number.</summary>
internal sealed partial class MappedFile : IDisposable
{
    private const int PageSize = 4096;
    private const int Read = 1;
    private const int Private = 2;
    private readonly TempFolder _folder = new();
    private readonly int _pages;
    private readonly nint _start;

    public MappedFile(int pages)
    {
        _pages = pages;
        var path = Path.Combine(_folder.FullPath, "mapped");
        using (var writer = new BinaryWriter(File.Create(path)))
        {
            for (var page = 0; page < pages; page++)
            {
                writer.Write(page);
                writer.Write(new byte[PageSize - sizeof(int)]);
            }
        }

        using var handle = File.OpenHandle(path);
        _start = Map(0, (nint)pages * PageSize, Read, Private, handle, 0);
        Assert.NotEqual(-1, _start);
    }

    /// <summary>Uses all of it, and checks what it says.</summary>
    public void ReadAll()
    {
        for (var page = 0; page < _pages; page++)
        {
            Assert.Equal(page, Marshal.ReadInt32(_start + (page * PageSize)));
        }
    }

    /// <summary>How many of its pages the process holds.</summary>
    public int PagesInMemory()
    {
        var line = File.ReadLines("/proc/self/smaps")
            .SkipWhile(l => !l.StartsWith($"{_start:x}-", StringComparison.Ordinal))
            .First(l => l.StartsWith("Rss:", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / (PageSize / 1024);
    }

    public void Dispose()
    {
        _ = Unmap(_start, (nint)_pages * PageSize);
        _folder.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, SafeHandle file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
