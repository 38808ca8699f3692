namespace OutbackUptime.Silo.Alerting;

/// <summary>A text message gateway that takes HTTP POST with a JSON body, as nearly all do.</summary>
public sealed class SmsOptions
{
    /// <summary>Where to post. Needed where a contact has a phone number.</summary>
    public string? Url { get; set; }

    /// <summary>
    /// The body, JSON with {to}, {from}, {text} and {key} in strings, e.g. {"to":"{to}","from":"{from}","body":"{text}"}. What is put
    /// in is escaped.
    /// </summary>
    public string Body { get; set; } = """{"to":"{to}","from":"{from}","text":"{text}","idempotency_key":"{key}"}""";

    /// <summary>Sender's name or number.</summary>
    public string From { get; set; } = "Outback";

    /// <summary>Value of the Authorization header, e.g. `Bearer ...`.</summary>
    public string? Authorization { get; set; }

    /// <summary>A file that holds it; wins over <see cref="Authorization"/>.</summary>
    public string? AuthorizationFile { get; set; }
}
