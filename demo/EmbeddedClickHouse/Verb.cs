namespace OutbackUptime.EmbeddedClickHouse;

/// <summary>What the program is asked to do.</summary>
internal enum Verb
{
    Serve,
    Fetch,
    Where,
    Help,
}
