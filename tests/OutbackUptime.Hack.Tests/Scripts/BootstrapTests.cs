namespace OutbackUptime.Hack.Tests.Scripts;

public sealed class BootstrapTests
{
    [Theory]
    [InlineData("", "expected ENVIRONMENT and PLACE")]
    [InlineData("prod", "expected ENVIRONMENT and PLACE")]
    [InlineData("test sydney", "expected dev or prod")]
    [InlineData("prod perth", "expected sydney, melbourne or edge")]
    public async Task Bootstrap_WhenTheArgumentsAreWrong_ExitsWith2(string arguments, string said)
    {
        using var world = new FakeWorld();

        var (exit, output) = await world.RunAsync("bootstrap.sh", arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, exit);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Empty(world.Calls);
    }
}
