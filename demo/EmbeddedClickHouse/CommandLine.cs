using System.Globalization;
using System.Net;

namespace OutbackUptime.EmbeddedClickHouse;

/// <summary>The program's arguments.</summary>
internal sealed record CommandLine
{
    public const string Help = """
        The ClickHouse engine as a process, behind ClickHouse's HTTP interface.

          --data DIR            its data (one process per folder)
          --port N              0 takes a free one
          --address A           default 127.0.0.1
          --lib PATH            libchdb.so, in place of the fetched one
          --memory-limit BYTES  default 2147483648
          --die-with-parent     stop when the starting process ends
          --fetch               only fetch the engine and Azurite into the cache
          --where chdb|azurite  print where it is (fetched if need be)

        Prints "READY http://…" when it takes statements. SIGTERM stops it.
        """;

    public Verb Verb { get; private init; }

    public string? Package { get; private init; }

    public string? DataDirectory { get; private init; }

    public IPAddress Address { get; private init; } = IPAddress.Loopback;

    public int Port { get; private init; }

    public string? LibraryPath { get; private init; }

    public long MemoryLimitBytes { get; private init; } = 2L << 30;

    public bool DieWithParent { get; private init; }

    public static CommandLine Parse(string[] args)
    {
        var result = new CommandLine();
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i];
            string Value() => ++i < args.Length ? args[i] : throw new UsageException($"{name} needs a value.");
            result = name switch
            {
                "--help" or "-h" => result with { Verb = Verb.Help },
                "--fetch" => result with { Verb = Verb.Fetch },
                "--where" => result with { Verb = Verb.Where, Package = Value() is var p and ("chdb" or "azurite") ? p : throw new UsageException("--where takes chdb or azurite.") },
                "--data" => result with { DataDirectory = Path.GetFullPath(Value()) },
                "--port" => result with { Port = ushort.TryParse(Value(), CultureInfo.InvariantCulture, out var port) ? port : throw new UsageException("--port takes a number from 0 to 65535.") },
                "--address" => result with { Address = IPAddress.TryParse(Value(), out var address) ? address : throw new UsageException("--address takes an IP address.") },
                "--lib" => result with { LibraryPath = Value() },
                "--memory-limit" => result with { MemoryLimitBytes = long.TryParse(Value(), CultureInfo.InvariantCulture, out var bytes) && bytes > 0 ? bytes : throw new UsageException("--memory-limit takes a number of bytes.") },
                "--die-with-parent" => result with { DieWithParent = true },
                _ => throw new UsageException($"'{name}' is no option."),
            };
        }

        return result.Verb != Verb.Serve || result.DataDirectory is not null ? result : throw new UsageException("--data is missing.");
    }
}
