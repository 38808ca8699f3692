using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Tests.Load;

public sealed class HubPayloadTests
{
    [Fact]
    public void SeqOf_WhenPayloadWasIncremented_ReadsTheNextSeq()
    {
        var payload = HubPayload.Make(DateTimeOffset.UnixEpoch);
        for (var i = 0; i < 10; i++)
        {
            HubPayload.Increment(payload.AsSpan(HubPayload.SeqAt, HubPayload.SeqDigits));
        }

        Assert.Equal(HubPayload.SeqZero + 10, HubPayload.SeqOf(payload));
    }
}
