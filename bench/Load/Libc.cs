using System.Runtime.InteropServices;

namespace OutbackUptime.Bench.Load;

/// <summary>The few system calls of the generator: sockets without a runtime in between, so that it costs little beside what it measures.</summary>
internal static unsafe partial class Libc
{
    public const int EpollIn = 1;
    public const int EpollAdd = 1;
    public const int Again = 11;
    private const int SetFlags = 4;
    private const int GetFlags = 3;
    private const int NonBlocking = 0x800;
    private const int NoFile = 7;

    /// <summary>struct epoll_event; packed on x86-64 alone (epoll_ctl(2)), so its layout is chosen at run time.</summary>
    public static int EventSize { get; } = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    /// <summary>Where the user data lies in it.</summary>
    public static int EventData { get; } = EventSize - 8;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int epoll_ctl(int epoll, int operation, int descriptor, byte* @event);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int epoll_pwait2(int epoll, byte* events, int capacity, TimeSpec* timeout, nint signals);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint send(int descriptor, byte* buffer, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint recv(int descriptor, byte* buffer, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int descriptor);

    public static void MakeNonBlocking(int descriptor) => _ = fcntl(descriptor, SetFlags, fcntl(descriptor, GetFlags, 0) | NonBlocking);

    /// <summary>Lets this process, and what it starts, hold as many sockets as the machine allows; returns how many.</summary>
    public static long RaiseFileLimit()
    {
        Limit limit;
        _ = getrlimit(NoFile, &limit);
        limit.Soft = limit.Hard;
        _ = setrlimit(NoFile, &limit);
        return (long)limit.Soft;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getrlimit(int resource, Limit* limit);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setrlimit(int resource, Limit* limit);

    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
