namespace OutbackUptime.Silo.Api.Alerts;

/// <summary>For silos that keep no alerts.</summary>
internal sealed class NoAcknowledgements : IAcknowledgements
{
    public Task<bool> AcknowledgeAsync(string station, string alertId, string by) =>
        throw new ApiException(StatusCodes.Status501NotImplemented, "This silo keeps no alerts, so none can be acknowledged.");
}
