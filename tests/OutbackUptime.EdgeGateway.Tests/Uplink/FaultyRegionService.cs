using Grpc.Core;
using OutbackUptime.Uplink;

namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>The gRPC service in front of a <see cref="FaultyRegion"/>.</summary>
internal sealed class FaultyRegionService(FaultyRegion region) : OutbackUptime.Uplink.Uplink.UplinkBase
{
    public override Task Exchange(IAsyncStreamReader<GatewayMessage> requestStream, IServerStreamWriter<RegionMessage> responseStream, ServerCallContext context) =>
        region.ServeAsync(requestStream, responseStream, context);
}
