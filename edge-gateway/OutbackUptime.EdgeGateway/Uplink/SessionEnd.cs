using OutbackUptime.Domain.Uplink;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>How a connection ended.</summary>
/// <param name="Kind">How.</param>
/// <param name="Reason">For people.</param>
/// <param name="Wedge">Of a wedged one, what it was found by.</param>
internal readonly record struct SessionEnd(SessionEndKind Kind, string Reason, WedgeKind Wedge = WedgeKind.None);
