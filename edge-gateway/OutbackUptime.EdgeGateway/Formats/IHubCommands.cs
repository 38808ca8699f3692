namespace OutbackUptime.EdgeGateway.Formats;

/// <summary>The way back to a hub: the embedded server, or the external broker.</summary>
internal interface IHubCommands
{
    /// <summary>Publishes at QoS 0, not retained: to whoever listens now.</summary>
    Task SendAsync(string topic, ReadOnlyMemory<byte> payload);
}
