using OutbackUptime.EdgeGateway.Mqtt;

namespace OutbackUptime.EdgeGateway.Provisioning;

/// <summary>`hubs add ID…`, `hubs revoke ID…`, `hubs list`: who may connect, beside a gateway that runs or before its first start.</summary>
internal static class HubsCommand
{
    private const string Usage = "Usage: hubs add ID…    make a credential for each and print it, this once\n       hubs revoke ID… take them away\n       hubs list       the ids\nThe file is Mqtt:HubsFile (Mqtt__HubsFile=/etc/outback/hubs.json).";

    /// <summary>Runs it; 0 when done, 1 when refused, 2 when not understood.</summary>
    public static int Run(IReadOnlyList<string> arguments, IConfiguration configuration, TextWriter output, TextWriter error)
    {
        var file = new HubsFile((configuration.GetSection("Mqtt").Get<MqttOptions>() ?? new MqttOptions()).HubsFile);
        try
        {
            switch (arguments)
            {
                case ["list"]:
                    Each(file.List(), output.WriteLine);
                    return 0;
                case ["add", _, ..]:
                    Each(arguments.Skip(1), id => output.WriteLine($"{id}\t{file.Add(id)}"));
                    error.WriteLine("User name = the id, password = what follows it. It is shown this once. A running gateway takes it within seconds.");
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

    private static void Each(IEnumerable<string> ids, Action<string> action)
    {
        foreach (var id in ids)
        {
            action(id);
        }
    }
}
