namespace OutbackUptime.EdgeGateway.Formats;

/// <summary>In what a hub packs its measurements; the topic says which.</summary>
internal enum PayloadFormat
{
    /// <summary>This project's own JSON: <c>stations/{s}/hubs/{h}/packets</c>.</summary>
    Native,

    /// <summary>SenML in JSON, RFC 8428: <c>stations/{s}/hubs/{h}/senml</c>.</summary>
    SenMl,

    /// <summary>Sparkplug B: <c>spBv1.0/{s}/{message}/{h}[/{device}]</c>.</summary>
    Sparkplug,
}
