using Microsoft.Extensions.Options;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;
using OutbackUptime.Domain.Access;
using OutbackUptime.Domain.Stations;
using OutbackUptime.EdgeGateway.Mqtt.Guard;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>Decides who comes in: credential or certificate, lock-out, keep-alive.</summary>
internal sealed class Doorkeeper(IOptions<MqttOptions> options, HubDirectory hubs, RefusalLog refusals, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly LoginThrottle _throttle = new(new LoginThrottleOptions());

    /// <summary>Lets a client in, with a <see cref="Visitor"/> in its session, or says why not.</summary>
    public Visitor? Admit(ValidatingConnectionEventArgs e)
    {
        var credentials = hubs.Current;
        var mark = credentials.MarkOf(e.UserName);
        var (user, address) = (mark is null ? "" : e.UserName, AddressKey.Of(e.RemoteEndPoint));
        var locked = InThrottle(t => t.LockedFor(user, address, time.GetUtcNow()));
        if (locked > TimeSpan.Zero)
        {
            return Refuse(e, Refusal.LockedOut, IsFive(e) ? MqttConnectReasonCode.ConnectionRateExceeded : MqttConnectReasonCode.ServerUnavailable, $"wrong credentials; try again in {Math.Ceiling(locked.TotalSeconds)} s");
        }

        if (WhyNot(e, credentials) is { } refusal)
        {
            InThrottle(t => t.OnFailure(user, address, time.GetUtcNow()));
            return Refuse(e, refusal, MqttConnectReasonCode.BadUserNameOrPassword, refusal == Refusal.Certificate ? "the client certificate is not one of this user" : "unknown hub or wrong password");
        }

        InThrottle(t =>
        {
            t.OnSuccess(user, address);
            return TimeSpan.Zero;
        });
        if (e.KeepAlivePeriod is not { } keepAlive || keepAlive == 0 || keepAlive > options.Value.MaxKeepAlive.TotalSeconds)
        {
            return Refuse(e, Refusal.KeepAlive, IsFive(e) ? MqttConnectReasonCode.ImplementationSpecificError : MqttConnectReasonCode.NotAuthorized, $"keep-alive must be 1 to {options.Value.MaxKeepAlive.TotalSeconds:0} s");
        }

        if (string.IsNullOrEmpty(e.ClientId))
        {
            // MQTT 5 section 3.1.3.1; older clients: ClientNames.
            e.AssignedClientIdentifier = $"auto-{Guid.NewGuid():N}";
        }

        var visitor = new Visitor(e.UserName, credentials.RoleOf(e.UserName), mark!, IsFive(e), e.MaximumPacketSize);
        visitor.Enter(e.SessionItems);
        return visitor;
    }

    /// <summary>Refuses a connection, and counts it.</summary>
    public Visitor? Refuse(ValidatingConnectionEventArgs e, Refusal refusal, MqttConnectReasonCode code, string why)
    {
        (e.ReasonCode, e.ReasonString) = (code, why);
        refusals.Add(refusal, $"{(string.IsNullOrEmpty(e.UserName) ? "(nobody)" : e.UserName)} at {e.RemoteEndPoint}", why);
        return null;
    }

    private static Refusal? WhyNot(ValidatingConnectionEventArgs e, HubCredentials credentials)
    {
        if (ReservedHubs.Contains(e.UserName))
        {
            return Refusal.Credentials;
        }

        if (e.ClientCertificate is { } certificate && ClientNames.NameOf(certificate) == e.UserName && credentials.IsValid(e.UserName, certificate))
        {
            return null;
        }

        return credentials.IsValid(e.UserName, e.Password) ? null : e.ClientCertificate is null ? Refusal.Credentials : Refusal.Certificate;
    }

    private static bool IsFive(ValidatingConnectionEventArgs e) => e.ProtocolVersion == MqttProtocolVersion.V500;

    private TimeSpan InThrottle(Func<LoginThrottle, TimeSpan> act)
    {
        lock (_lock)
        {
            return act(_throttle);
        }
    }
}
