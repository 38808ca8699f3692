using System.Text;
using System.Text.Json;
using CsCheck;
using OutbackUptime.Domain.Alerts;
using OutbackUptime.Domain.Alerts.Notices;
using OutbackUptime.Domain.Stations;
using OutbackUptime.Domain.Stations.Water;

namespace OutbackUptime.Domain.Tests.Alerts;

public sealed class NoticeTests
{
    private static readonly DateTimeOffset s_at = new(2026, 1, 9, 16, 30, 0, TimeSpan.Zero);
    private static readonly byte[] s_secret = Encoding.UTF8.GetBytes("a secret of the test");

    [Fact]
    public void Digest_WithALeakAndADeadHub_SaysBothInOneMessage()
    {
        var digest = DailyDigest.Of(TestWater.Station,
            [
                Alert("ten-mile", AlertRules.FallRate, ("times_normal", 3.1)),
                Alert("gap", AlertRules.HubSilent),
            ],
            s_at.AddHours(4));

        Assert.Equal("Napperby: 0 of 1 waters fine. Ten Mile falling 3.1x normal since 2 am; likely float. Gap silent: hub, not link.", digest.Text);
        Assert.Equal("digest-2026-01-10", digest.AlertId);
    }

    [Fact]
    public void Digest_WhenAllIsWell_SaysSo() =>
        Assert.Equal("Napperby: all 1 waters fine.", DailyDigest.Of(TestWater.Station, [], s_at).Text);

    [Fact]
    public void Digest_WhenTheLinkIsDown_SaysThatTheDataIsSafe() =>
        Assert.Equal("Napperby: link only, data safe; 1 of 1 waters fine when last seen.", DailyDigest.Of(TestWater.Station, [Alert("gateway", AlertRules.LinkDown)], s_at).Text);

    [Fact]
    public void Digest_OfAnyAlerts_IsOneTextMessageThatCountsWhatItLeavesOut() =>
        Gen.Select(Gen.Int[0, 30], Gen.String[0, 40]).Sample((count, place) =>
        {
            var hubs = Enumerable.Range(0, 30).Select(i => new Hub($"hub-{i}", TimeSpan.FromMinutes(5)) { Place = $"{place} {i}", Tank = new TankPart(1000, 0) }).ToList();
            var station = TestWater.Station with { Hubs = hubs };
            var digest = DailyDigest.Of(station, [.. hubs.Take(count).Select(h => Alert(h.Id, AlertRules.LowLevel, ("level_pct", 20)))], s_at);

            return GsmText.Fits(digest.Text) && (count < 20 || digest.Text.EndsWith("more.", StringComparison.Ordinal));
        });

    [Fact]
    public void Of_EveryRuleAndKind_FitsATextMessageAndSaysWhereAndWhatToDo()
    {
        foreach (var rule in AlertRules.All)
        {
            foreach (var kind in new[] { AlertTransitionKind.Opened, AlertTransitionKind.Escalated, AlertTransitionKind.Cleared })
            {
                var facts = new[] { "hours_left", "level_pct", "draw_lph", "times_normal", "fall_lph", "pump_a", "least_lpm", "battery_v", "hours_to_set_out" }.Select(f => (f, 1234.5)).ToArray();
                var alert = Alert("ten-mile", rule, facts) with { Level = 1 };
                var notice = NoticeWriter.Of(TestWater.Station, new AlertTransition(kind, alert))!;

                Assert.True(GsmText.Fits(notice.Text), notice.Text);
                Assert.Contains("Napperby", notice.Text, StringComparison.Ordinal);
                Assert.True(notice.Subject.Length <= 78);
                Assert.Contains("Place: Ten Mile (ten-mile)", notice.Body, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Of_AnInfo_IsNoNotice() =>
        Assert.Null(NoticeWriter.Of(TestWater.Station, new AlertTransition(AlertTransitionKind.Opened, Alert("ten-mile", AlertRules.Ours) with { Severity = AlertSeverity.Info, Level = 0 })));

    [Fact]
    public void NextDue_OverADaylightSavingChange_ComesAtTheHourOfTheWall()
    {
        var station = TestWater.Station with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Australia/Adelaide"), DigestHour = 6 };

        // Adelaide went to daylight saving on 4 October 2026 at 2 am: +9:30 to +10:30.
        Assert.Equal(new DateTimeOffset(2026, 10, 2, 20, 30, 0, TimeSpan.Zero), DailyDigest.NextDue(station, new DateTimeOffset(2026, 10, 2, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new DateTimeOffset(2026, 10, 3, 19, 30, 0, TimeSpan.Zero), DailyDigest.NextDue(station, new DateTimeOffset(2026, 10, 2, 20, 30, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Fit_OfAnyText_FitsAndKeepsWhatFits() =>
        Gen.String[0, 300].Sample(text => GsmText.Fits(GsmText.Fit(text)) && (!GsmText.Fits(text) || GsmText.Fit(text) == text));

    [Fact]
    public void Sign_IsAsAnyHmacToolMakesIt()
    {
        // printf '1767976200.{}' | openssl dgst -sha256 -hmac key
        Assert.Equal(
            $"t=1767976200,v1={Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("key"u8, "1767976200.{}"u8))}",
            WebhookSignature.Sign("key"u8, DateTimeOffset.FromUnixTimeSeconds(1767976200), "{}"u8));
    }

    [Fact]
    public void Verify_OfAnyChange_Fails() => Gen.Select(Gen.Byte.Array[1, 200], Gen.Int[0, 10_000], Gen.Int[1, 255]).Sample((body, at, bit) =>
    {
        var header = WebhookSignature.Sign(s_secret, s_at, body);
        var changed = body.ToArray();
        changed[at % body.Length] ^= (byte)bit;

        return WebhookSignature.Verify(s_secret, header, body, s_at, TimeSpan.FromMinutes(5))
            && !WebhookSignature.Verify(s_secret, header, changed, s_at, TimeSpan.FromMinutes(5))
            && !WebhookSignature.Verify("another secret.."u8, header, body, s_at, TimeSpan.FromMinutes(5))
            && !WebhookSignature.Verify(s_secret, header, body, s_at.AddMinutes(6), TimeSpan.FromMinutes(5));
    });

    [Theory]
    [InlineData("")]
    [InlineData("t=,v1=")]
    [InlineData("v1=00,t=1")]
    [InlineData("t=1,v1=zz")]
    public void Verify_OfNonsense_IsFalse(string header) =>
        Assert.False(WebhookSignature.Verify(s_secret, header, default, s_at, TimeSpan.FromDays(100_000)));

    [Fact]
    public void WebhookBody_IsJsonWithTheAlert()
    {
        var alert = Alert("ten-mile", AlertRules.FallRate, ("times_normal", 3.1)) with { Level = 1 };
        using var body = JsonDocument.Parse(WebhookBody.Of(NoticeWriter.Of(TestWater.Station, new AlertTransition(AlertTransitionKind.Opened, alert))!));

        Assert.Equal("opened", body.RootElement.GetProperty("kind").GetString());
        Assert.Equal(3.1, body.RootElement.GetProperty("alert").GetProperty("facts").GetProperty("times_normal").GetDouble());
    }

    private static Alert Alert(string hub, string rule, params (string Name, double Value)[] facts) => new(
        "napperby", AlertId.Of("napperby", hub, rule, s_at), hub, rule, AlertSeverity.Warning, AlertState.Open, s_at, s_at, 1, $"{hub} {rule}",
        facts.ToDictionary(f => f.Name, f => f.Value), "");
}
