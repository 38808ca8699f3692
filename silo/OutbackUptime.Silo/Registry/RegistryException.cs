namespace OutbackUptime.Silo.Registry;

/// <summary>The station registry is no good. The message names the file, the place in it and what was expected, for every fault found.</summary>
public sealed class RegistryException : Exception
{
    /// <summary>With the whole message.</summary>
    public RegistryException(string message)
        : base(message)
    {
    }

    /// <summary>With the whole message and its cause.</summary>
    public RegistryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
