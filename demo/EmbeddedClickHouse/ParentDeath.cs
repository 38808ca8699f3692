using System.Runtime.InteropServices;

namespace OutbackUptime.EmbeddedClickHouse;

/// <summary>Has Linux send SIGTERM to this process when the one that started it ends, however that ends.</summary>
internal static partial class ParentDeath
{
    private const int PrSetPdeathsig = 1;
    private const int Sigterm = 15;

    public static void Arm()
    {
        _ = prctl(PrSetPdeathsig, Sigterm);
    }

    [LibraryImport("libc")]
    private static partial int prctl(int option, nuint argument);
}
