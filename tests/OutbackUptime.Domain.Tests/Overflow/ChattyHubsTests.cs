using OutbackUptime.Domain.Overflow;

namespace OutbackUptime.Domain.Tests.Overflow;

public sealed class ChattyHubsTests
{
    [Fact]
    public void Choose_FindsTheOneThatTalksTooMuch() =>
        Assert.Equal(["pump-01"], ChattyHubs.Choose(new Dictionary<string, long> { ["pump-01"] = 900, ["bore-01"] = 300, ["bore-02"] = 300 })!);

    [Fact]
    public void Choose_WhenAllAreAlike_SparesNobody()
    {
        Assert.Null(ChattyHubs.Choose(new Dictionary<string, long> { ["bore-01"] = 30, ["bore-02"] = 28, ["bore-03"] = 1 }));
        Assert.Null(ChattyHubs.Choose(new Dictionary<string, long>()));
    }
}
