namespace OutbackUptime.Silo.Api.Alerts;

/// <summary>Takes acknowledgements to whoever keeps a station's alerts.</summary>
internal interface IAcknowledgements
{
    /// <summary>Acknowledges an alert; false when there is no such open alert.</summary>
    Task<bool> AcknowledgeAsync(string station, string alertId, string by);
}
