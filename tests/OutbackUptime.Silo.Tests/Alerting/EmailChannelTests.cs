using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using MimeKit;
using OutbackUptime.Silo.Alerting;
using OutbackUptime.Testing;
using SmtpServer.Protocol;

namespace OutbackUptime.Silo.Tests.Alerting;

public sealed class EmailChannelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("outback-mail-");
    private readonly TestCertificates _certificates;
    private readonly X509Certificate2 _certificate;
    private readonly AlertingOptions _options = new();

    public EmailChannelTests()
    {
        _certificates = new TestCertificates(_folder.FullName);
        var (certificate, key) = _certificates.Make("mail", "spiffe://test/mail");
        _certificate = X509Certificate2.CreateFromPemFile(certificate, key);
        _options.Email = new EmailOptions { Host = "localhost", From = "alerts@station.example", User = MailServer.User, Password = MailServer.Password, CaPath = _certificates.CaPath };
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Send_ByStartTls_DeliversOnceReadable()
    {
        await using var server = new MailServer(_certificate);

        var outcome = await SendAsync(server);

        Assert.Equal((true, "SMTP 250"), (outcome.Delivered, outcome.Detail));
        var (message, secure) = Assert.Single(server.Messages);
        Assert.True(secure);
        Assert.Equal(("URGENT Napperby: Ten Mile", "Ten Mile is dry."), (message.Subject, message.TextBody?.Trim()));
        Assert.Equal("jo@station.example", Assert.Single(message.To.Mailboxes).Address);
        Assert.Equal(MessageImportance.High, message.Importance);
    }

    [Fact]
    public async Task Send_Again_HasTheSameMessageId()
    {
        await using var server = new MailServer(_certificate);

        await SendAsync(server);
        await SendAsync(server);

        Assert.Single(server.Messages.Select(m => m.Message.MessageId).Distinct());
    }

    [Fact]
    public async Task Send_WhenTheServersCertificateIsNobodys_SendsNothing()
    {
        await using var server = new MailServer(_certificate);
        _options.Email.CaPath = null;

        var outcome = await SendAsync(server);

        Assert.Equal((false, true), (outcome.Delivered, outcome.Retry));
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task Send_WhenStartTlsIsNotOffered_SendsNothing()
    {
        await using var server = new MailServer(null);

        var outcome = await SendAsync(server);

        Assert.False(outcome.Delivered);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task Send_WithAWrongPassword_IsRefusedWithoutSayingIt()
    {
        await using var server = new MailServer(_certificate);
        _options.Email.Password = "wrong-and-secret";

        var outcome = await SendAsync(server);

        Assert.Equal((false, false), (outcome.Delivered, outcome.Retry));
        Assert.DoesNotContain("wrong-and-secret", outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WhenTheServerIsBusyOrRefuses_KnowsTheDifference()
    {
        await using var server = new MailServer(_certificate);
        server.Answers.Enqueue(new SmtpResponse(SmtpReplyCode.ServiceUnavailable, "busy"));
        server.Answers.Enqueue(new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such box"));

        var busy = await SendAsync(server);
        var refused = await SendAsync(server);

        Assert.Equal((false, true), (busy.Delivered, busy.Retry));
        Assert.Equal((false, false, "SMTP 550"), (refused.Delivered, refused.Retry, refused.Detail));
    }

    [Fact]
    public async Task Send_WithoutAServer_IsForLater()
    {
        var server = new MailServer(_certificate);
        await server.DisposeAsync();

        Assert.True((await SendAsync(server)).Retry);
    }

    private Task<NoticeOutcome> SendAsync(MailServer server)
    {
        _options.Email.Port = server.Port;
        return new EmailChannel(Options.Create(_options)).SendAsync(NoticeSenderTests.Notice(), "jo@station.example", "napperby/a1/opened/1/email/manager", CancellationToken.None);
    }
}
