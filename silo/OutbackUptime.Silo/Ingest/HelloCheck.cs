using Grpc.Core;
using OutbackUptime.Domain.Stations;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Uplink;

namespace OutbackUptime.Silo.Ingest;

/// <summary>Decides whether a stream may begin.</summary>
internal sealed class HelloCheck(IStationRegistrySource registry)
{
    private const uint ProtocolVersion = 1;
    private const int EpochBytes = 16;

    /// <summary>Checks the first message.</summary>
    /// <exception cref="RpcException">It may not; the status says why.</exception>
    public Hello Check(GatewayMessage first, HttpContext http)
    {
        if (first.BodyCase != GatewayMessage.BodyOneofCase.Hello)
        {
            throw Refuse(StatusCode.InvalidArgument, "The first message of a stream must be Hello.");
        }

        var hello = first.Hello;
        if (hello.ProtocolVersion != ProtocolVersion)
        {
            throw Refuse(StatusCode.FailedPrecondition, $"This region speaks protocol version {ProtocolVersion}, not {hello.ProtocolVersion}.");
        }

        if (!EntityName.IsValid(hello.Station))
        {
            throw Refuse(StatusCode.InvalidArgument, $"station: expected {EntityName.Rule}.");
        }

        // Before the registry, so that a stranger learns nothing about which stations there are.
        CheckIdentity(hello.Station, http);
        if (!registry.Current.TryGet(hello.Station, out _))
        {
            throw Refuse(StatusCode.NotFound, $"The station '{hello.Station}' is not in the registry of this silo; add it to stations.json.");
        }

        if (hello.JournalEpoch.Length != EpochBytes)
        {
            throw Refuse(StatusCode.InvalidArgument, $"journal_epoch: expected {EpochBytes} bytes, found {hello.JournalEpoch.Length}.");
        }

        return hello;
    }

    private static void CheckIdentity(string station, HttpContext http)
    {
        if (http.Features.Get<UplinkConnection>() is not { } connection)
        {
            throw Refuse(StatusCode.PermissionDenied, "Gateways come in by the uplink's port.");
        }

        if (connection.Encrypted && (http.Connection.ClientCertificate is not { } certificate || !StationIdentity.Names(certificate, station)))
        {
            throw Refuse(StatusCode.PermissionDenied, $"The client certificate is not that of '{station}': its only SAN URI must be {StationIdentity.UriOf(station)}.");
        }
    }

    private static RpcException Refuse(StatusCode code, string detail) => new(new Status(code, detail));
}
