using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace OutbackUptime.Silo.Tests.Alerting;

/// <summary>A real SMTP server on loopback (package SmtpServer): STARTTLS, sign-in, and a mailbox in memory.</summary>
internal sealed class MailServer : MessageStore, IUserAuthenticator, IAsyncDisposable
{
    public const string User = "outback";
    public const string Password = "a password";
    private readonly CancellationTokenSource _stop = new();
    private readonly SmtpServer.SmtpServer _server;
    private readonly Task _running;

    public MailServer(X509Certificate2? certificate)
    {
        Port = FreePort();
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(e =>
        {
            e.Endpoint(new IPEndPoint(IPAddress.Loopback, Port));
            if (certificate is not null)
            {
                e.Certificate(certificate).AllowUnsecureAuthentication(false).AuthenticationRequired();
            }
        }).Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add((IMessageStore)this);
        services.Add((IUserAuthenticator)this);
        _server = new SmtpServer.SmtpServer(options, services);
        _running = _server.StartAsync(_stop.Token);
    }

    public int Port { get; }

    public ConcurrentQueue<(MimeMessage Message, bool Secure)> Messages { get; } = new();

    /// <summary>What to answer to mails first; then OK.</summary>
    public ConcurrentQueue<SmtpResponse> Answers { get; } = new();

    public Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken token) =>
        Task.FromResult((user, password) == (User, Password));

    public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        if (Answers.TryDequeue(out var answer))
        {
            return answer;
        }

        using var bytes = new MemoryStream(buffer.ToArray());
        Messages.Enqueue((await MimeMessage.LoadAsync(bytes, cancellationToken), context.Pipe.IsSecure));
        return SmtpResponse.Ok;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }

        _stop.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
