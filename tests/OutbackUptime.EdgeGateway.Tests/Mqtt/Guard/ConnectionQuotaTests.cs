using System.Net;
using OutbackUptime.EdgeGateway.Mqtt.Guard;

namespace OutbackUptime.EdgeGateway.Tests.Mqtt.Guard;

public sealed class ConnectionQuotaTests
{
    private readonly ConnectionQuota _quota = new(new GuardOptions { MaxConnections = 4, MaxConnectionsPerAddress = 3, MaxPending = 3, MaxPendingPerAddress = 2 });

    [Fact]
    public void OneAddress_CannotTakeAllThatIsPending()
    {
        Assert.Equal([Refusal.None, Refusal.None, Refusal.PendingAddress], Enter("a", "a", "a"));
        Assert.Equal([Refusal.None, Refusal.Pending], Enter("b", "c"));
    }

    [Fact]
    public void WhoIsAdmitted_MakesRoomForPendingOnes_UpToTheLimitInAll()
    {
        Enter("a", "a");
        _quota.Admit("a");
        _quota.Admit("a");
        Assert.Equal([Refusal.None, Refusal.Address], Enter("a", "a"));
        Assert.Equal([Refusal.None, Refusal.Connections], Enter("b", "b"));
    }

    [Fact]
    public void WhoLeaves_GivesBackWhatItHeld()
    {
        Enter("a", "a");
        _quota.Admit("a");
        _quota.Leave("a", wasPending: false);
        _quota.Leave("a", wasPending: true);

        Assert.Equal(0, _quota.Count);
        Assert.Equal([Refusal.None, Refusal.None, Refusal.PendingAddress], Enter("a", "a", "a"));
    }

    [Theory]
    [InlineData("192.168.1.7", "192.168.1.7")]
    [InlineData("::ffff:192.168.1.7", "192.168.1.7")]
    [InlineData("2001:db8:1:2:aaaa::1", "20010db800010002::/64")]
    [InlineData("2001:db8:1:2:bbbb::9", "20010db800010002::/64")]
    public void AddressKey_IsAnIPv4Address_OrAnIPv6Network(string address, string key) =>
        Assert.Equal(key, AddressKey.Of(new IPEndPoint(IPAddress.Parse(address), 1)));

    [Fact]
    public void Names_AreKebabCase() => Assert.Equal("pending-address", Refusal.PendingAddress.Name());

    private List<Refusal> Enter(params string[] addresses) => [.. addresses.Select(_quota.TryEnter)];
}
