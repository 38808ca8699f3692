namespace OutbackUptime.Cli;

/// <summary>What went wrong and what to do, for people. Ends the program with 1.</summary>
internal sealed class CliException(string message) : Exception(message);
