using System.Net;
using System.Net.Sockets;
using OutbackUptime.Demo.Processes;

namespace OutbackUptime.Demo.Tests.Processes;

public sealed class PortBookTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outback-ports-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TryTake_WhenClaimedElsewhere_GivesNothingUntilItIsGivenBack()
    {
        int port;
        using (var first = PortClaim.Any())
        {
            port = first.Port;
            Assert.Null(PortClaim.TryTake(port));
        }

        using var second = PortClaim.TryTake(port);
        Assert.NotNull(second);
    }

    [Fact]
    public void TryTake_WhenSomebodyListens_GivesNothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        Assert.Null(PortClaim.TryTake(((IPEndPoint)listener.LocalEndpoint).Port));
    }

    [Fact]
    public void Item_WhenOpenedAgain_GivesTheSamePort()
    {
        var port = 0;
        using (var book = new PortBook(Path.Combine(_folder, "ports.json")))
        {
            port = book["silo"];
            Assert.Equal(port, book["silo"]);
        }

        using var again = new PortBook(Path.Combine(_folder, "ports.json"));
        Assert.Equal(port, again["silo"]);
    }

    [Fact]
    public void Item_WhenAnotherRunHoldsTheRememberedPort_GivesAnother()
    {
        var path = Path.Combine(_folder, "ports.json");
        using var first = new PortBook(path);
        var port = first["silo"];

        using var second = new PortBook(path);

        Assert.NotEqual(port, second["silo"]);
    }
}
