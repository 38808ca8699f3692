using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OutbackUptime.Domain.Alerts.Notices;

namespace OutbackUptime.Silo.Tests.Alerting;

/// <summary>A receiver as a customer would write one: checks the signature, drops what it has by the key.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public static byte[] Secret { get; } = Encoding.UTF8.GetBytes("sixteen characters or more");

    public string Url => $"{_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()}/hook?token=dont-log-me";

    /// <summary>Status codes to answer with first; then 204.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public ConcurrentQueue<(string Key, string Body, bool Signed, string Authorization)> Requests { get; } = new();

    /// <summary>While set, requests are taken and not answered.</summary>
    public bool Mute { get; set; }

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost("/hook", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var signed = WebhookSignature.Verify(Secret, context.Request.Headers[WebhookSignature.Header].ToString(), buffer.ToArray(), TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
        Requests.Enqueue((context.Request.Headers["Idempotency-Key"].ToString(), Encoding.UTF8.GetString(buffer.ToArray()), signed, context.Request.Headers.Authorization.ToString()));
        if (Mute)
        {
            var aborted = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(aborted.SetResult);
            await aborted.Task;
            return;
        }

        context.Response.StatusCode = Answers.TryDequeue(out var status) ? status : StatusCodes.Status204NoContent;
        if (context.Response.StatusCode == StatusCodes.Status302Found)
        {
            context.Response.Headers.Location = "/hook";
        }
    }
}
