namespace OutbackUptime.Silo.Api.Alerts;

/// <summary>A station in one text message.</summary>
/// <param name="Station">Station id.</param>
/// <param name="Text">At most 160 characters.</param>
/// <param name="Body">The same at length.</param>
internal sealed record DigestView(string Station, string Text, string Body);
