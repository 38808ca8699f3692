using OutbackUptime.Silo.Alerting;

namespace OutbackUptime.Silo.Tests.Alerting;

public sealed class AlertingOptionsTests
{
    private const string Secret = "sixteen characters or more";

    [Fact]
    public void Validate_WithoutContacts_IsFine() => Assert.True(Check(_ => { }).Succeeded);

    [Fact]
    public void Validate_WithAllChannels_IsFine() => Assert.True(Check(o =>
    {
        o.Contacts["manager"] = new ContactOptions { Sms = "+61400000000", Email = "jo@station.example", Webhook = "https://hooks.example/1" };
        o.Webhook.Secret = Secret;
        o.Email.Host = "mail.example";
        o.Email.From = "alerts@station.example";
        o.Sms.Url = "https://sms.example/send";
    }).Succeeded);

    [Fact]
    public void Validate_WithPlainHttpToAnotherMachine_SaysHowToDoBetter() =>
        Refuses(o => (o.Contacts["manager"], o.Webhook.Secret) = (new ContactOptions { Webhook = "http://hooks.example/1" }, Secret), "Contacts:manager:Webhook: http is only for this machine");

    [Fact]
    public void Validate_WithPlainHttpWhereItIsAllowed_IsFine() => Assert.True(Check(o =>
        (o.Contacts["manager"], o.Webhook.Secret, o.AllowPlain) = (new ContactOptions { Webhook = "http://hooks.example/1" }, Secret, true)).Succeeded);

    [Fact]
    public void Validate_WithAWeakOrNoSecret_IsRefused()
    {
        Refuses(o => o.Contacts["manager"] = new ContactOptions { Webhook = "https://hooks.example/1" }, "Alerting:Webhook:Secret: expected");
        Refuses(o => (o.Contacts["manager"], o.Webhook.Secret) = (new ContactOptions { Webhook = "https://hooks.example/1" }, "short"), "at least 16 characters");
        Refuses(o => (o.Contacts["manager"], o.Webhook.SecretFile) = (new ContactOptions { Webhook = "https://hooks.example/1" }, "/no/such/file"), "SecretFile: '/no/such/file' can't be read");
    }

    [Fact]
    public void Validate_WithAContactThatNobodyCanReach_IsRefused()
    {
        Refuses(o => o.Contacts["manager"] = new ContactOptions(), "expected at least one of Sms, Email, Webhook");
        Refuses(o => o.Contacts["manager"] = new ContactOptions { Sms = "0400 000 000" }, "international form");
        Refuses(o => o.Contacts["manager"] = new ContactOptions { Email = "nobody" }, "expected an e-mail address");
        Refuses(o => o.Contacts["manager"] = new ContactOptions { Email = "jo@station.example" }, "Alerting:Email:Host: expected");
        Refuses(o => o.Contacts["manager"] = new ContactOptions { Sms = "+61400000000" }, "Alerting:Sms:Url: expected");
    }

    [Fact]
    public void Validate_WithATemplateThatIsNoJson_IsRefused() => Refuses(
        o => (o.Contacts["manager"], o.Sms.Url, o.Sms.Body) = (new ContactOptions { Sms = "+61400000000" }, "https://sms.example", "{\"to\":{to}}"), "Alerting:Sms:Body: expected JSON");

    [Fact]
    public void Validate_WithPlainMailToAnotherMachine_IsRefused() => Refuses(
        o => (o.Contacts["manager"], o.Email.Host, o.Email.From, o.Email.Security) = (new ContactOptions { Email = "jo@station.example" }, "mail.example", "a@b.example", EmailSecurity.None),
        "'None' is only for a server on this machine");

    private static void Refuses(Action<AlertingOptions> set, string expected)
    {
        var result = Check(set);
        Assert.True(result.Failed);
        Assert.Contains(expected, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("short", result.FailureMessage, StringComparison.Ordinal);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Check(Action<AlertingOptions> set)
    {
        var options = new AlertingOptions();
        set(options);
        return new AlertingOptionsCheck().Validate(null, options);
    }
}
