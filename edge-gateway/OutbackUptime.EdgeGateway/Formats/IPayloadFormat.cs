namespace OutbackUptime.EdgeGateway.Formats;

/// <summary>Turns a publish into what is journaled. Never throws on bad input: that becomes quarantine.</summary>
internal interface IPayloadFormat
{
    /// <summary>Reads a publish. Those of one hub come one after the other.</summary>
    PublishReading Read(HubPublish publish);

    /// <summary>A publish that was read has not been journaled: what it taught must not be built on.</summary>
    void Forget(string hub);
}
