using System.Globalization;

namespace OutbackUptime.Bench.FrontDoor;

/// <summary>A shape of load.</summary>
/// <param name="Connections">Hubs.</param>
/// <param name="Window">Publishes that each may have without PUBACK.</param>
internal sealed record FrontDoorShape(int Connections, int Window)
{
    /// <summary>Reads `1000` or `1x100`.</summary>
    public static FrontDoorShape? TryParse(string text)
    {
        var parts = text.Split('x');
        return parts.Length is 1 or 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var connections) && connections is > 0 and <= 50_000
            && int.TryParse(parts.ElementAtOrDefault(1) ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var window) && window is > 0 and <= 10_000
            ? new FrontDoorShape(connections, window)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Connections:N0} × {Window}");
}
