namespace OutbackUptime.EmbeddedClickHouse.Http;

/// <summary>A request as the engine takes it.</summary>
/// <param name="Sql">Query parameter and body, joined by a line feed when both are there.</param>
/// <param name="Database">Database to use, or null.</param>
/// <param name="Format">Output format where the statement names none.</param>
/// <param name="Settings">For this statement only.</param>
/// <param name="Parameters">Values of <c>{name:Type}</c> placeholders.</param>
/// <param name="QueryId">As sent, or made anew.</param>
/// <param name="ReadOnly">GET requests may only read.</param>
internal sealed record Statement(
    byte[] Sql,
    string? Database,
    string Format,
    IReadOnlyList<KeyValuePair<string, string>> Settings,
    IReadOnlyList<KeyValuePair<string, string>> Parameters,
    string QueryId,
    bool ReadOnly);
