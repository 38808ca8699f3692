using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using OutbackUptime.Silo.Clustering;

namespace OutbackUptime.Silo.Tests.Clustering;

/// <summary>The behaviours that Orleans' own conformance tests ask of a membership table, against Azurite.</summary>
[Trait("Suite", "Slow")]
public sealed class AzureTableMembershipTableTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>
{
    private static int s_generation = 1000;
    private readonly string _cluster = $"test-{Guid.NewGuid():N}";

    [Fact]
    public async Task Initialize_Twice_KeepsTheVersion()
    {
        var table = await TableAsync();
        await table.InitializeMembershipTable(true);

        var data = await table.ReadAll();

        Assert.Equal(0, data.Version.Version);
        Assert.Empty(data.Members);
    }

    [Fact]
    public async Task InsertRow_ThenReadRow_RoundTripsEveryField()
    {
        var table = await TableAsync();
        var entry = Entry(SiloStatus.Joining);
        var other = Entry(SiloStatus.Active).SiloAddress;
        entry.AddSuspector(other, new DateTime(2026, 11, 23, 1, 2, 3, DateTimeKind.Utc));

        Assert.True(await table.InsertRow(entry, (await table.ReadAll()).Version.Next()));

        var (read, _) = Assert.Single((await table.ReadRow(entry.SiloAddress)).Members);
        Assert.Equal(entry.SiloAddress, read.SiloAddress);
        Assert.Equal((entry.HostName, entry.SiloName, entry.Status, entry.ProxyPort), (read.HostName, read.SiloName, read.Status, read.ProxyPort));
        Assert.Equal((entry.StartTime, entry.IAmAliveTime), (read.StartTime, read.IAmAliveTime));
        Assert.Equal(other, Assert.Single(read.SuspectTimes!).Item1);
        Assert.Equal(1, (await table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task InsertRow_OfASiloThatIsThere_IsRefused()
    {
        var table = await TableAsync();
        var entry = Entry(SiloStatus.Active);
        await table.InsertRow(entry, (await table.ReadAll()).Version.Next());

        Assert.False(await table.InsertRow(entry, (await table.ReadAll()).Version.Next()));
    }

    [Fact]
    public async Task InsertRow_WithAStaleVersion_IsRefused()
    {
        var table = await TableAsync();
        var stale = (await table.ReadAll()).Version.Next();
        Assert.True(await table.InsertRow(Entry(SiloStatus.Active), stale));

        Assert.False(await table.InsertRow(Entry(SiloStatus.Active), stale));
        Assert.Single((await table.ReadAll()).Members);
    }

    [Fact]
    public async Task UpdateRow_WithAStaleETag_IsRefused_AndChangesNothing()
    {
        var table = await TableAsync();
        var entry = Entry(SiloStatus.Joining);
        await table.InsertRow(entry, (await table.ReadAll()).Version.Next());
        var (_, etag) = (await table.ReadRow(entry.SiloAddress)).Members.Single();
        entry.Status = SiloStatus.Active;
        Assert.True(await table.UpdateRow(entry, etag, (await table.ReadAll()).Version.Next()));

        entry.Status = SiloStatus.Dead;
        Assert.False(await table.UpdateRow(entry, etag, (await table.ReadAll()).Version.Next()));

        Assert.Equal(SiloStatus.Active, (await table.ReadRow(entry.SiloAddress)).Members.Single().Item1.Status);
        Assert.Equal(2, (await table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task UpdateRow_OfManyAtOnce_EachVersionHasOneWinner()
    {
        var table = await TableAsync();
        var entry = Entry(SiloStatus.Active);
        await table.InsertRow(entry, (await table.ReadAll()).Version.Next());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (true)
            {
                var data = await table.ReadAll();
                var (read, etag) = data.Members.Single();
                if (await table.UpdateRow(read, etag, data.Version.Next()))
                {
                    return;
                }
            }
        }));

        Assert.Equal(9, (await table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task UpdateIAmAlive_TouchesNothingElse()
    {
        var table = await TableAsync();
        var entry = Entry(SiloStatus.Active);
        await table.InsertRow(entry, (await table.ReadAll()).Version.Next());
        entry.IAmAliveTime = entry.IAmAliveTime.AddMinutes(5);

        await table.UpdateIAmAlive(entry);

        var data = await table.ReadAll();
        Assert.Equal(1, data.Version.Version);
        Assert.Equal(entry.IAmAliveTime, data.Members.Single().Item1.IAmAliveTime);
        Assert.Equal(SiloStatus.Active, data.Members.Single().Item1.Status);
    }

    [Fact]
    public async Task CleanupDefunctSiloEntries_TakesOldDeadOnesOnly()
    {
        var table = await TableAsync();
        var (dead, active) = (Entry(SiloStatus.Dead), Entry(SiloStatus.Active));
        await table.InsertRow(dead, (await table.ReadAll()).Version.Next());
        await table.InsertRow(active, (await table.ReadAll()).Version.Next());

        await table.CleanupDefunctSiloEntries(new DateTimeOffset(dead.IAmAliveTime, TimeSpan.Zero).AddHours(-1));
        Assert.Equal(2, (await table.ReadAll()).Members.Count);
        await table.CleanupDefunctSiloEntries(new DateTimeOffset(dead.IAmAliveTime, TimeSpan.Zero).AddHours(1));

        Assert.Equal(active.SiloAddress, Assert.Single((await table.ReadAll()).Members).Item1.SiloAddress);
    }

    [Fact]
    public async Task DeleteMembershipTableEntries_TakesThisClusterOnly()
    {
        var (table, other) = (await TableAsync(), await TableAsync("other"));
        await table.InsertRow(Entry(SiloStatus.Active), (await table.ReadAll()).Version.Next());
        await other.InsertRow(Entry(SiloStatus.Active), (await other.ReadAll()).Version.Next());

        await table.DeleteMembershipTableEntries(_cluster);

        Assert.Empty((await table.ReadAll()).Members);
        Assert.Single((await other.ReadAll()).Members);
    }

    [Fact]
    public async Task Gateways_AreActiveSilosWithAClientPort()
    {
        var table = await TableAsync();
        var (client, closed, joining) = (Entry(SiloStatus.Active), Entry(SiloStatus.Active), Entry(SiloStatus.Joining));
        closed.ProxyPort = 0;
        foreach (var entry in new[] { client, closed, joining })
        {
            await table.InsertRow(entry, (await table.ReadAll()).Version.Next());
        }

        var provider = new AzureTableGatewayListProvider(MembershipTableClient.Create(MembershipOptions()), ClusterOptionsOf(_cluster), Options.Create(new GatewayOptions()));

        Assert.Equal(client.ProxyPort, Assert.Single(await provider.GetGateways()).Port);
    }

    private static MembershipEntry Entry(SiloStatus status)
    {
        var generation = Interlocked.Increment(ref s_generation);
        return new MembershipEntry
        {
            SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11111), generation),
            HostName = "host",
            SiloName = $"syd-{generation}",
            RoleName = "role",
            Status = status,
            ProxyPort = 30000,
            StartTime = new DateTime(2026, 11, 23, 0, 0, 0, DateTimeKind.Utc),
            IAmAliveTime = new DateTime(2026, 11, 23, 0, 1, 0, DateTimeKind.Utc),
        };
    }

    private static IOptions<ClusterOptions> ClusterOptionsOf(string cluster) => Options.Create(new ClusterOptions { ClusterId = cluster, ServiceId = "outback" });

    private MembershipOptions MembershipOptions() => new() { ConnectionString = fixture.Azurite.ConnectionString };

    private async Task<AzureTableMembershipTable> TableAsync(string suffix = "")
    {
        var table = new AzureTableMembershipTable(MembershipTableClient.Create(MembershipOptions()), ClusterOptionsOf(_cluster + suffix));
        await table.InitializeMembershipTable(true);
        return table;
    }
}
