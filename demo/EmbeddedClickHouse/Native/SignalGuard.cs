using System.Runtime.InteropServices;

namespace OutbackUptime.EmbeddedClickHouse.Native;

/// <summary>
/// Keeps the runtime's handlers of the deadly signals: without them the first null reference in managed code kills the
/// process. libchdb is told to leave them alone; this restores them should it not.
/// </summary>
internal sealed unsafe partial class SignalGuard
{
    // SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGTSTP, SIGSYS (Linux x64).
    private static readonly int[] s_signals = [4, 5, 6, 7, 8, 11, 20, 31];

    // struct sigaction is 152 bytes on glibc x64.
    private const int ActionBytes = 152;
    private readonly byte[][] _saved;

    private SignalGuard(byte[][] saved) => _saved = saved;

    public static SignalGuard Snapshot()
    {
        var saved = new byte[s_signals.Length][];
        for (var i = 0; i < saved.Length; i++)
        {
            saved[i] = new byte[ActionBytes];
            fixed (byte* old = saved[i])
            {
                _ = sigaction(s_signals[i], null, old);
            }
        }

        return new SignalGuard(saved);
    }

    public void Restore()
    {
        for (var i = 0; i < _saved.Length; i++)
        {
            fixed (byte* action = _saved[i])
            {
                _ = sigaction(s_signals[i], action, null);
            }
        }
    }

    [LibraryImport("libc")]
    private static partial int sigaction(int signal, byte* action, byte* old);
}
