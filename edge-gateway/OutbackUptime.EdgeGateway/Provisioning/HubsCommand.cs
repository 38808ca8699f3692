using OutbackUptime.EdgeGateway.Mqtt;

namespace OutbackUptime.EdgeGateway.Provisioning;

/// <summary>`hubs add ID…`, `hubs revoke ID…`, `hubs list`: who may connect, beside a gateway that runs or before its first start.</summary>
internal static class HubsCommand
{
    private const string Usage = """
        Usage: hubs add ID…      make a password for each and print it, this once
                 --watcher       they only read: subscribe below stations/{station}/, publish nothing
                 --certificate   they come by a client certificate of Mqtt:ClientCaPath with the id as common name; none is made
                 --ca CA.pem --ca-key CA.key --out DIR
                                 they come by a client certificate that is made now: DIR/ID.pem and DIR/ID.key
               hubs revoke ID…   take them away; their connections end within seconds
               hubs list         the ids
        The file is Mqtt:HubsFile (Mqtt__HubsFile=/etc/outback/hubs.json).
        """;

    /// <summary>Runs it; 0 when done, 1 when refused, 2 when not understood.</summary>
    public static int Run(IReadOnlyList<string> arguments, IConfiguration configuration, TextWriter output, TextWriter error)
    {
        var file = new HubsFile((configuration.GetSection("Mqtt").Get<MqttOptions>() ?? new MqttOptions()).HubsFile);
        try
        {
            switch (arguments)
            {
                case ["list"]:
                    Each(file.List(), h => output.WriteLine(h.Role is null ? h.Id : $"{h.Id}\t{h.Role}"));
                    return 0;
                case ["add", _, ..] when AddArguments.Read(arguments.Skip(1)) is { } add:
                    Add(file, add, output, error);
                    return 0;
                case ["revoke", _, ..]:
                    Each(arguments.Skip(1), file.Revoke);
                    return 0;
                default:
                    error.WriteLine(Usage);
                    return 2;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void Add(HubsFile file, AddArguments add, TextWriter output, TextWriter error)
    {
        if (!add.Certificate)
        {
            Each(add.Ids, id => output.WriteLine($"{id}\t{file.Add(id, add.Watcher)}"));
            error.WriteLine("User name = the id, password = what follows it. It is shown this once. A running gateway takes it within seconds.");
        }
        else if (add.Ca is null)
        {
            Each(add.Ids, id => file.AddCertificate(id, add.Watcher, () => HubCredential.AnyCertificate));
            error.WriteLine("Any client certificate of Mqtt:ClientCaPath with the id as common name is taken. A running gateway takes it within seconds.");
        }
        else
        {
            var certificates = new HubCertificates(add.Ca, add.CaKey!, add.Out!, TimeProvider.System);
            Each(add.Ids, id => file.AddCertificate(id, add.Watcher, () =>
            {
                var (certificate, key, sha256) = certificates.Issue(id);
                output.WriteLine($"{id}\t{certificate}\t{key}");
                return sha256;
            }));
            error.WriteLine("Bring certificate and key to the hub, and delete the key here. Only this certificate is taken for the id.");
        }
    }

    private static void Each<T>(IEnumerable<T> items, Action<T> action)
    {
        foreach (var item in items)
        {
            action(item);
        }
    }
}
