namespace OutbackUptime.ClickHouse.Writing;

/// <summary>The store refuses the rows themselves: trying the same again can't help.</summary>
internal sealed class BadRowsException(string message, Exception inner) : Exception(message, inner);
