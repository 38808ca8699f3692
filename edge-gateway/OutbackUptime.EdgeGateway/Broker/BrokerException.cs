namespace OutbackUptime.EdgeGateway.Broker;

/// <summary>A connection to the broker that was not made, or can't go on.</summary>
internal sealed class BrokerException : Exception
{
    public BrokerException()
    {
    }

    public BrokerException(string message)
        : base(message)
    {
    }

    public BrokerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
