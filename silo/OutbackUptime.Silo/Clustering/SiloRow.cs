using System.Globalization;
using System.Net;
using Azure.Data.Tables;
using Orleans.Runtime;

namespace OutbackUptime.Silo.Clustering;

/// <summary>
/// A silo's row, column for column that of Microsoft.Orleans.Clustering.AzureStorage (SiloInstanceTableEntry), so that
/// either provider reads what the other wrote: all columns are strings, lists are joined by '|'.
/// </summary>
internal static class SiloRow
{
    public const string VersionRowKey = "VersionRow";
    public const string Version = "MembershipVersion";

    public static string KeyOf(SiloAddress silo) =>
        string.Create(CultureInfo.InvariantCulture, $"{silo.Endpoint.Address}-{silo.Endpoint.Port}-{silo.Generation}");

    public static TableEntity ToEntity(string clusterId, MembershipEntry entry) => new(clusterId, KeyOf(entry.SiloAddress))
    {
        ["DeploymentId"] = clusterId,
        ["Address"] = entry.SiloAddress.Endpoint.Address.ToString(),
        ["Port"] = entry.SiloAddress.Endpoint.Port.ToString(CultureInfo.InvariantCulture),
        ["Generation"] = entry.SiloAddress.Generation.ToString(CultureInfo.InvariantCulture),
        ["HostName"] = entry.HostName,
        ["Status"] = entry.Status.ToString(),
        ["ProxyPort"] = entry.ProxyPort.ToString(CultureInfo.InvariantCulture),
        ["RoleName"] = entry.RoleName,
        ["SiloName"] = entry.SiloName,
        ["InstanceName"] = entry.SiloName,
        ["UpdateZone"] = entry.UpdateZone.ToString(CultureInfo.InvariantCulture),
        ["FaultZone"] = entry.FaultZone.ToString(CultureInfo.InvariantCulture),
        ["StartTime"] = LogFormatter.PrintDate(entry.StartTime),
        ["IAmAliveTime"] = LogFormatter.PrintDate(entry.IAmAliveTime),
        ["SuspectingSilos"] = string.Join('|', (entry.SuspectTimes ?? []).Select(s => s.Item1.ToParsableString())),
        ["SuspectingTimes"] = string.Join('|', (entry.SuspectTimes ?? []).Select(s => LogFormatter.PrintDate(s.Item2))),
    };

    public static MembershipEntry FromEntity(TableEntity row) => new()
    {
        SiloAddress = AddressOf(row),
        HostName = Text(row, "HostName"),
        Status = Enum.Parse<SiloStatus>(Text(row, "Status")),
        ProxyPort = Number(row, "ProxyPort"),
        RoleName = Text(row, "RoleName"),
        SiloName = Text(row, "SiloName") is { Length: > 0 } name ? name : Text(row, "InstanceName"),
        UpdateZone = Number(row, "UpdateZone"),
        FaultZone = Number(row, "FaultZone"),
        StartTime = Date(row, "StartTime"),
        IAmAliveTime = Date(row, "IAmAliveTime"),
        SuspectTimes = [.. Suspects(row)],
    };

    public static SiloAddress AddressOf(TableEntity row) =>
        SiloAddress.New(new IPEndPoint(IPAddress.Parse(Text(row, "Address")), Number(row, "Port")), Number(row, "Generation"));

    private static IEnumerable<Tuple<SiloAddress, DateTime>> Suspects(TableEntity row) =>
        List(row, "SuspectingSilos").Zip(List(row, "SuspectingTimes"), (silo, time) => Tuple.Create(SiloAddress.FromParsableString(silo), LogFormatter.ParseDate(time)));

    private static string[] List(TableEntity row, string column) => Text(row, column).Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(TableEntity row, string column) => row.GetString(column) ?? "";

    private static int Number(TableEntity row, string column) => int.TryParse(Text(row, column), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static DateTime Date(TableEntity row, string column) => Text(row, column) is { Length: > 0 } text ? LogFormatter.ParseDate(text) : default;
}
