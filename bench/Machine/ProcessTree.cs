using System.Globalization;

namespace OutbackUptime.Bench.Machine;

/// <summary>A process with all that it started: a server's program is often a child of a script.</summary>
internal static class ProcessTree
{
    /// <summary>CPU seconds since their start of the processes and of all that descend from them now.</summary>
    public static double CpuSeconds(IEnumerable<int> roots)
    {
        var parents = Parents();
        var children = parents.ToLookup(p => p.Value, p => p.Key);
        var (seen, open) = (new HashSet<int>(), new Queue<int>(roots));
        while (open.TryDequeue(out var process))
        {
            if (seen.Add(process))
            {
                foreach (var child in children[process])
                {
                    open.Enqueue(child);
                }
            }
        }

        return seen.Sum(Cpu);
    }

    private static double Cpu(int process)
    {
        try
        {
            return ProcessUse.Of(process).CpuSeconds;
        }
        catch (IOException)
        {
            // It ended meanwhile: what it used is in none of the two looks.
            return 0;
        }
    }

    private static Dictionary<int, int> Parents()
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process))
            {
                try
                {
                    var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                    parents[process] = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
                }
                catch (IOException)
                {
                    // Gone.
                }
            }
        }

        return parents;
    }
}
