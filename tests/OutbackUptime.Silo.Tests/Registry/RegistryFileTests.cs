using System.Text;
using OutbackUptime.Silo.Registry;

namespace OutbackUptime.Silo.Tests.Registry;

public sealed class RegistryFileTests
{
    [Fact]
    public void Parse_WhenAHubHasTheGatewaysOwnName_SaysWhereAndWhy()
    {
        var error = Assert.Throws<RegistryException>(() => RegistryFile.Parse("stations.json", Document("gateway")));

        Assert.Contains("$.stations[0].hubs[0].id: 'gateway' is kept for the gateway's own packets", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_WhenAllIsWell_KnowsTheHubs() =>
        Assert.Equal("bore-01", RegistryFile.Parse("stations.json", Document("bore-01")).Stations.Single().Hubs.Single().Id);

    private static byte[] Document(string hub) => Encoding.UTF8.GetBytes(
        "{\"regions\":[\"syd\",\"mel\"],\"stations\":[{\"id\":\"napperby\",\"name\":\"Napperby\",\"latitude\":-22.5,\"longitude\":132.7,\"homeRegion\":\"syd\",\"hubs\":[{\"id\":\""
        + hub + "\",\"intervalSeconds\":30}]}]}");
}
