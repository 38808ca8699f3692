namespace OutbackUptime.EdgeGateway.Tests.Mqtt.Guard;

/// <summary>Tests that take all of the machine, and measure: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
