namespace OutbackUptime.Domain.Packets;

/// <summary>The stable codes of quarantined packets: counters and queries rest on them, so never rename or reuse one.</summary>
public static class FaultCodes
{
    /// <summary>The payload has no byte.</summary>
    public const string PayloadEmpty = "payload-empty";

    /// <summary>The payload is larger than <see cref="PacketParser.MaxPayloadBytes"/>.</summary>
    public const string PayloadTooLarge = "payload-too-large";

    /// <summary>The payload is not UTF-8.</summary>
    public const string EncodingInvalid = "encoding-invalid";

    /// <summary>The payload is not JSON (RFC 8259), or nested deeper than a packet can be.</summary>
    public const string JsonInvalid = "json-invalid";

    /// <summary>The JSON value is no object.</summary>
    public const string NotAnObject = "not-an-object";

    /// <summary>Bytes follow the object.</summary>
    public const string TrailingBytes = "trailing-bytes";

    /// <summary>A key stands twice in one object.</summary>
    public const string DuplicateKey = "duplicate-key";

    /// <summary>A top-level property that no packet has.</summary>
    public const string UnknownProperty = "unknown-property";

    /// <summary>`seq` is missing.</summary>
    public const string SeqMissing = "seq-missing";

    /// <summary>`seq` is no integer.</summary>
    public const string SeqNotInteger = "seq-not-integer";

    /// <summary>`seq` is outside 0 to 2^53 - 1.</summary>
    public const string SeqOutOfRange = "seq-out-of-range";

    /// <summary>`boot` is no integer.</summary>
    public const string BootNotInteger = "boot-not-integer";

    /// <summary>`boot` is outside 0 to 10^15 - 1.</summary>
    public const string BootOutOfRange = "boot-out-of-range";

    /// <summary>`ts` is no RFC 3339 time.</summary>
    public const string TsInvalid = "ts-invalid";

    /// <summary>`metrics` is missing.</summary>
    public const string MetricsMissing = "metrics-missing";

    /// <summary>`metrics` is no object.</summary>
    public const string MetricsNotAnObject = "metrics-not-an-object";

    /// <summary>`metrics` is empty.</summary>
    public const string MetricsEmpty = "metrics-empty";

    /// <summary>More than <see cref="PacketParser.MaxMetrics"/> metrics.</summary>
    public const string MetricsTooMany = "metrics-too-many";

    /// <summary>A metric's name breaks the rule.</summary>
    public const string MetricNameInvalid = "metric-name-invalid";

    /// <summary>A metric's value is no number.</summary>
    public const string MetricNotNumber = "metric-not-number";

    /// <summary>A metric's value does not fit a finite double.</summary>
    public const string MetricNotFinite = "metric-not-finite";

    /// <summary>A good packet under a key (hub, boot, seq) that another payload holds already.</summary>
    public const string KeyConflict = "key-conflict";

    /// <summary>A gateway's loss record that can't be read, or can't be true.</summary>
    public const string LossInvalid = "loss-invalid";

    /// <summary>A gateway's thinned row that can't be read, or can't be true.</summary>
    public const string ThinnedInvalid = "thinned-invalid";
}
