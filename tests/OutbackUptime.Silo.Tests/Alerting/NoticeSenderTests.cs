using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Alerts;
using OutbackUptime.Domain.Alerts.Notices;
using OutbackUptime.Silo.Alerting;
using OutbackUptime.Testing;

namespace OutbackUptime.Silo.Tests.Alerting;

public sealed class NoticeSenderTests : IAsyncLifetime
{
    private readonly TestLedger _ledger = new();
    private readonly AlertingOptions _options = new() { FirstBackoff = TimeSpan.FromMilliseconds(1), Attempts = 3 };
    private readonly NoticeHttp _http = new();
    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _options.Webhook.Secret = System.Text.Encoding.UTF8.GetString(WebhookReceiver.Secret);
        _options.Contacts["manager"] = new ContactOptions { Webhook = _receiver.Url };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Send_ByWebhook_IsSignedAndKeyedAndWrittenDown()
    {
        await using var sender = await StartAsync();

        Assert.True(sender.TrySend(Notice(), ["manager"]));
        await Eventually.TrueAsync(() => !_ledger.Records.IsEmpty, describe: () => "the notice is written down");

        var request = Assert.Single(_receiver.Requests);
        Assert.True(request.Signed);
        Assert.Equal("napperby/a1/opened/1/webhook/manager", request.Key);
        Assert.Equal((request.Key, true, "HTTP 204"), Assert.Single(_ledger.Records));
        using var body = JsonDocument.Parse(request.Body);
        Assert.Equal("napperby", body.RootElement.GetProperty("station").GetString());
    }

    [Fact]
    public async Task Send_WhatTheLedgerKnows_IsNotSentAgain()
    {
        await _ledger.RecordAsync(Notice(), "webhook/manager", true, default, "", default);
        await using var sender = await StartAsync();

        sender.TrySend(Notice(), ["manager"]);
        sender.TrySend(Notice(level: 2), ["manager"]);
        await Eventually.TrueAsync(() => _ledger.Records.Count == 2, describe: () => "the second level is written down");

        Assert.EndsWith("/2/webhook/manager", Assert.Single(_receiver.Requests).Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WhenTheLedgerCantBeAsked_SendsRatherThanNot()
    {
        _ledger.Fault = new TimeoutException();
        await using var sender = await StartAsync();

        sender.TrySend(Notice(), ["manager"]);
        await Eventually.TrueAsync(() => !_ledger.Records.IsEmpty, describe: () => "the notice is written down");

        Assert.Single(_receiver.Requests);
    }

    [Fact]
    public async Task Send_WhenTheReceiverIsIll_TriesAgainWithTheSameKey()
    {
        _receiver.Answers.Enqueue(503);
        _receiver.Answers.Enqueue(429);
        await using var sender = await StartAsync();

        sender.TrySend(Notice(), ["manager"]);
        await Eventually.TrueAsync(() => !_ledger.Records.IsEmpty, describe: () => "the notice is written down");

        Assert.Equal(3, _receiver.Requests.Count);
        Assert.Single(_receiver.Requests.Select(r => r.Key).Distinct());
        Assert.True(Assert.Single(_ledger.Records).Delivered);
    }

    [Theory]
    [InlineData(302, 1, "HTTP 302: redirects are not followed; set the final URL")]
    [InlineData(400, 1, "HTTP 400")]
    [InlineData(500, 3, "HTTP 500")]
    public async Task Send_WhenItIsRefused_GivesUpAndSaysWhy(int status, int attempts, string detail)
    {
        for (var i = 0; i < attempts; i++)
        {
            _receiver.Answers.Enqueue(status);
        }

        await using var sender = await StartAsync();

        sender.TrySend(Notice(), ["manager"]);
        await Eventually.TrueAsync(() => !_ledger.Records.IsEmpty, describe: () => "the failure is written down");

        Assert.Equal(attempts, _receiver.Requests.Count);
        Assert.Equal((false, detail), (Assert.Single(_ledger.Records).Delivered, Assert.Single(_ledger.Records).Detail));
    }

    [Fact]
    public async Task Send_WhenNobodyAnswers_EndsByTheTimeout()
    {
        _options.Timeout = TimeSpan.FromMilliseconds(150);
        _options.Attempts = 2;
        _receiver.Mute = true;
        await using var sender = await StartAsync();

        sender.TrySend(Notice(), ["manager"]);
        await Eventually.TrueAsync(() => !_ledger.Records.IsEmpty, describe: () => "the failure is written down");

        Assert.StartsWith("no answer in", Assert.Single(_ledger.Records).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WhenThePortIsDead_SaysNoSecretAndNoAddress()
    {
        var url = _receiver.Url;
        await _receiver.DisposeAsync();
        _receiver = await WebhookReceiver.StartAsync();
        _options.Contacts["manager"] = new ContactOptions { Webhook = url };
        await using var sender = await StartAsync();

        sender.TrySend(Notice(), ["manager"]);
        await Eventually.TrueAsync(() => !_ledger.Records.IsEmpty, describe: () => "the failure is written down");

        Assert.Equal("no answer: ConnectionError", Assert.Single(_ledger.Records).Detail);
    }

    [Fact]
    public async Task Send_BySms_FillsTheTemplateWithoutBreakingIt()
    {
        _options.Contacts["manager"] = new ContactOptions { Sms = "+61400000000" };
        _options.Sms.Url = _receiver.Url;
        _options.Sms.Authorization = "Bearer of-news";
        _options.Sms.Body = """{"messages":[{"to":"{to}","body":"{text}","custom":"{key}"}]}""";
        await using var sender = await StartAsync();

        sender.TrySend(Notice() with { Text = "say \"{to}\" \\ end" }, ["manager"]);
        await Eventually.TrueAsync(() => !_ledger.Records.IsEmpty, describe: () => "the notice is written down");

        var request = Assert.Single(_receiver.Requests);
        using var body = JsonDocument.Parse(request.Body);
        var message = body.RootElement.GetProperty("messages")[0];
        Assert.Equal(("+61400000000", "say \"{to}\" \\ end", "Bearer of-news"), (message.GetProperty("to").GetString(), message.GetProperty("body").GetString(), request.Authorization));
    }

    [Fact]
    public async Task TrySend_WhenTheQueueIsFull_RefusesTheWholeNotice()
    {
        _options.QueueSize = 2;
        _options.Parallel = 1;
        _options.Contacts["deputy"] = new ContactOptions { Webhook = _receiver.Url };
        using var sender = Make();

        Assert.True(sender.TrySend(Notice(), ["manager"]));
        Assert.False(sender.TrySend(Notice(level: 2), ["manager", "deputy"]));
        await sender.StartAsync(default);
        await Eventually.TrueAsync(() => _ledger.Records.Count == 1, describe: () => "the first is sent");
        Assert.True(sender.TrySend(Notice(level: 2), ["manager", "deputy"]));
        await Eventually.TrueAsync(() => _ledger.Records.Count == 3, describe: () => "the others are sent");
        await sender.StopAsync(default);

        Assert.Equal(3, _receiver.Requests.Select(r => r.Key).Distinct().Count());
    }

    [Fact]
    public async Task TrySend_ToAContactThatNobodySetUp_TellsTheOthers()
    {
        await using var sender = await StartAsync();

        Assert.True(sender.TrySend(Notice(), ["ghost", "manager"]));
        await Eventually.TrueAsync(() => !_ledger.Records.IsEmpty, describe: () => "the notice is written down");

        Assert.Single(_receiver.Requests);
    }

    internal static Notice Notice(int level = 1) => new(
        "napperby", "a1", NoticeKind.Opened, level, AlertSeverity.Critical, new DateTimeOffset(2026, 1, 9, 0, 0, 0, TimeSpan.Zero), "URGENT Napperby: Ten Mile", "Ten Mile is dry", "Ten Mile is dry.\n", null);

    private NoticeSender Make()
    {
        var options = Options.Create(_options);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();
        INoticeChannel[] channels = [new WebhookChannel(_http, options, TimeProvider.System), new EmailChannel(options), new SmsChannel(_http, options)];
        return new NoticeSender(options, channels, _ledger, new AlertingInstruments(meters), TimeProvider.System, new Random(1), NullLogger<NoticeSender>.Instance);
    }

    private async Task<RunningSender> StartAsync()
    {
        var sender = Make();
        await sender.StartAsync(default);
        return new RunningSender(sender);
    }

    private sealed class RunningSender(NoticeSender sender) : IAsyncDisposable
    {
        public bool TrySend(Notice notice, IReadOnlyList<string> contacts) => sender.TrySend(notice, contacts);

        public async ValueTask DisposeAsync()
        {
            await sender.StopAsync(default);
            sender.Dispose();
        }
    }
}
