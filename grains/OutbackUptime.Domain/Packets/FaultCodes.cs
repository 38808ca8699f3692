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

    /// <summary>A SenML pack or Sparkplug payload without a value that a packet can hold.</summary>
    public const string PackEmpty = "pack-empty";

    /// <summary>More packets in one publish than <see cref="Formats.PacketGroups.MaxPackets"/>.</summary>
    public const string PackTooManyPackets = "pack-too-many-packets";

    /// <summary>Beside the packets of the same publish: it held something that a packet can't. The whole publish is kept here.</summary>
    public const string LeftOut = "left-out";

    /// <summary>The payload is no array of records (RFC 8428).</summary>
    public const string SenMlNotAPack = "senml-not-a-pack";

    /// <summary>A label of a SenML record has a value of the wrong kind, or must be understood and is not.</summary>
    public const string SenMlLabelInvalid = "senml-label-invalid";

    /// <summary>A resolved SenML name is empty or breaks RFC 8428 section 4.5.1.</summary>
    public const string SenMlNameInvalid = "senml-name-invalid";

    /// <summary>A resolved SenML time is beyond the years 1 to 9999.</summary>
    public const string SenMlTimeInvalid = "senml-time-invalid";

    /// <summary>The payload is no Sparkplug B payload.</summary>
    public const string SparkplugInvalid = "sparkplug-invalid";

    /// <summary>A death certificate of another session than the one that is alive.</summary>
    public const string SparkplugStaleDeath = "sparkplug-stale-death";

    /// <summary>Nothing in the payload could be named: its birth certificate is not known.</summary>
    public const string SparkplugUnborn = "sparkplug-unborn";

    /// <summary>A topic below the station's whose hub has no valid name.</summary>
    public const string HubNameInvalid = "hub-name-invalid";
}
