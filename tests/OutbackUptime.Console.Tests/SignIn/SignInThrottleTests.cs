using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OutbackUptime.Silo.SignIn;

namespace OutbackUptime.Console.Tests.SignIn;

public sealed class SignInThrottleTests
{
    private const string Right = "0123456789abcdef0123456789abcdef";
    private readonly FakeTimeProvider _time = new();
    private readonly TokenBook _book = new(Options.Create(new SignInOptions { OperatorToken = Right }));

    [Fact]
    public void Check_AfterFourWrongTokens_LocksTheAddressOutForEvenTheRightOne()
    {
        var throttle = new SignInThrottle(_time);
        for (var i = 0; i < 4; i++)
        {
            Assert.Null(Check(throttle, "wrong", "10.0.0.1", out _));
        }

        Assert.Null(Check(throttle, Right, "10.0.0.1", out var lockedFor));
        Assert.InRange(lockedFor, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        Assert.NotNull(Check(throttle, Right, "10.0.0.2", out _));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("operator", Check(throttle, Right, "10.0.0.1", out _)?.Role);
    }

    [Fact]
    public void Find_KnowsTheTokenOnlyAsAWhole()
    {
        Assert.Null(_book.Find(Right[..^1]));
        Assert.Null(_book.Find(Right + "0"));
        Assert.Null(_book.Find(""));
        Assert.Equal("operator", _book.Find(Right)?.Role);
        Assert.True(_book.Knows(_book.Find(Right)!.Value.Id));
        Assert.False(_book.Knows("0011223344556677"));
    }

    [Fact]
    public void Options_WithAShortToken_SayWhatIsExpected()
    {
        var result = new SignInOptionsValidator().Validate(null, new SignInOptions { ViewerToken = "secret" });

        Assert.True(result.Failed);
        Assert.Contains("at least 32", result.FailureMessage, StringComparison.Ordinal);
    }

    private (string Role, string Id)? Check(SignInThrottle throttle, string token, string address, out TimeSpan lockedFor)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        return throttle.Check(context, () => _book.Find(token), out lockedFor);
    }
}
