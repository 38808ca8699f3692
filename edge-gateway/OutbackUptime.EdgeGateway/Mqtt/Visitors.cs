using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;
using OutbackUptime.Domain.Access;
using OutbackUptime.EdgeGateway.Formats;
using OutbackUptime.EdgeGateway.Mqtt.Guard;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>Who is connected and what they read: their coming and going, subscriptions, and the end of those whose credential is gone.</summary>
internal sealed class Visitors(
    IOptions<GatewayOptions> gateway, IOptions<GuardOptions> guard, HubDirectory hubs, Notices notices, SafeReceipts receipts, Departures departures, MqttInstruments instruments, RefusalLog refusals) : IDisposable
{
    private readonly ConcurrentDictionary<string, Visitor> _here = new(StringComparer.Ordinal);
    private readonly string _station = gateway.Value.Station;
    private HashSet<string> _hubs = [];
    private int _readers;
    private MqttServer? _server;

    /// <summary>Watchers connected.</summary>
    public int Watchers => _here.Count(h => h.Value.Role == VisitorRole.Watcher);

    /// <summary>Whether anybody reads anything. Asked at each packet, so it is counted, not looked for.</summary>
    public bool AnySubscribed => Volatile.Read(ref _readers) > 0;

    public void Attach(MqttServer server)
    {
        _server = server;
        server.ClientConnectedAsync += e => OnConnectedAsync(e.ClientId, Visitor.Of(e.SessionItems));
        server.ClientDisconnectedAsync += e => OnDisconnectedAsync(e.ClientId, Visitor.Of(e.SessionItems), e.DisconnectType);
        server.InterceptingSubscriptionAsync += OnSubscribe;
        server.ClientUnsubscribedTopicAsync += e =>
        {
            Visitor.Of(e.SessionItems)?.Unsubscribe(e.TopicFilter);
            return Task.CompletedTask;
        };
        server.InterceptingClientEnqueueAsync += e =>
        {
            e.AcceptEnqueue = !_here.TryGetValue(e.ReceiverClientId, out var receiver) || receiver.Takes(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.Length);
            return Task.CompletedTask;
        };
        server.ApplicationMessageEnqueuedOrDroppedAsync += e => e.IsDropped ? EndAsync(e.ReceiverClientId, Refusal.SlowReader, MqttDisconnectReasonCode.QuotaExceeded, "fell too far behind") : Task.CompletedTask;
        hubs.Changed += OnCredentialsChanged;
    }

    /// <summary>Says of each known hub that it is not there (yet).</summary>
    public Task StartAsync() => TellAsync();

    /// <inheritdoc/>
    public void Dispose() => hubs.Changed -= OnCredentialsChanged;

    private async Task OnConnectedAsync(string clientId, Visitor? visitor)
    {
        if (visitor is null)
        {
            return;
        }

        visitor.IsIn = true;
        _here[clientId] = visitor;
        if (visitor.Role == VisitorRole.Hub)
        {
            instruments.OnConnected(1);
            departures.OnHere(visitor.Id);
            await notices.StatusAsync(visitor.Id, 1, Knows(visitor.Id)).ConfigureAwait(false);
        }

        // Its credential may have gone between the question and now.
        await EndRevokedAsync(clientId, visitor).ConfigureAwait(false);
    }

    private async Task OnDisconnectedAsync(string clientId, Visitor? visitor, MqttClientDisconnectType how)
    {
        // One that broke while it was let in was never noted as here.
        if (visitor is not { IsIn: true })
        {
            return;
        }

        visitor.IsIn = false;
        if (visitor.Reads)
        {
            Interlocked.Decrement(ref _readers);
        }

        _here.TryRemove(KeyValuePair.Create(clientId, visitor));
        if (visitor.Role == VisitorRole.Hub)
        {
            instruments.OnConnected(-1);
            if (how == MqttClientDisconnectType.NotClean && Knows(visitor.Id) && !_here.Any(h => h.Value.Id == visitor.Id))
            {
                departures.OnLost(visitor.Id);
            }

            await notices.StatusAsync(visitor.Id, -1, Knows(visitor.Id)).ConfigureAwait(false);
        }
    }

    private bool MaySubscribe(Visitor visitor, string filter) =>
        TopicRules.MaySubscribe(visitor.Role, _station, visitor.Id, filter)
        || (visitor.Role == VisitorRole.Hub && CommandTopics.MaySubscribe(_station, visitor.Id, filter));

    private Task OnSubscribe(InterceptingSubscriptionEventArgs e)
    {
        var (visitor, filter) = (Visitor.Of(e.SessionItems), e.TopicFilter.Topic ?? "");
        if (visitor is null || !visitor.Stands(hubs.Current) || !MaySubscribe(visitor, filter))
        {
            return Refuse(e, visitor, Refusal.Subscription, MqttSubscribeReasonCode.NotAuthorized, filter);
        }

        if (!visitor.TrySubscribe(filter, guard.Value.MaxSubscriptions))
        {
            return Refuse(e, visitor, Refusal.Subscriptions, MqttSubscribeReasonCode.QuotaExceeded, $"has {guard.Value.MaxSubscriptions} subscriptions already");
        }

        if (!visitor.Reads)
        {
            visitor.Reads = true;
            Interlocked.Increment(ref _readers);
        }

        if (visitor.Role == VisitorRole.Hub && MqttTopicFilterComparer.Compare(TopicRules.Safe(_station, visitor.Id), filter) == MqttTopicFilterCompareResult.IsMatch)
        {
            receipts.Ask(visitor.Id);
        }

        return Task.CompletedTask;
    }

    private Task Refuse(InterceptingSubscriptionEventArgs e, Visitor? visitor, Refusal refusal, MqttSubscribeReasonCode code, string detail)
    {
        e.ProcessSubscription = false;
        // MQTT 3.1.1 section 3.9.3 knows one code for no.
        e.Response.ReasonCode = visitor is { SaysWhy: true } ? code : MqttSubscribeReasonCode.UnspecifiedError;
        refusals.Add(refusal, e.UserName ?? "", detail);
        return Task.CompletedTask;
    }

    private bool Knows(string hub) => hubs.Current.MarkOf(hub) is not null;

    private void OnCredentialsChanged() => _ = TellAsync();

    /// <summary>Brings what is connected and retained in line with the credentials.</summary>
    private async Task TellAsync()
    {
        // At once: one that does not read must not keep the others in.
        await Task.WhenAll(_here.Select(h => EndRevokedAsync(h.Key, h.Value))).ConfigureAwait(false);
        var now = hubs.Current.Hubs.ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _hubs.Except(now))
        {
            receipts.Forget(gone);
            await notices.ClearAsync(gone).ConfigureAwait(false);
        }

        foreach (var hub in now.Except(_hubs))
        {
            await notices.StatusAsync(hub, 0, known: true).ConfigureAwait(false);
        }

        _hubs = now;
    }

    private Task EndRevokedAsync(string clientId, Visitor visitor) => visitor.Stands(hubs.Current)
        ? Task.CompletedTask
        : EndAsync(clientId, Refusal.Revoked, MqttDisconnectReasonCode.NotAuthorized, "the credential was revoked");

    private async Task EndAsync(string clientId, Refusal refusal, MqttDisconnectReasonCode code, string why)
    {
        refusals.Add(refusal, _here.TryGetValue(clientId, out var visitor) ? visitor.Id : clientId, why);
        try
        {
            await _server!.DisconnectClientAsync(clientId, new MqttServerClientDisconnectOptions { ReasonCode = code, ReasonString = why }).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            // It went by itself meanwhile, or the server stops.
        }
    }
}
