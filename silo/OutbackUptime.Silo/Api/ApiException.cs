namespace OutbackUptime.Silo.Api;

/// <summary>What the API answers instead of a result: a status and, for people, what was wrong and what to do.</summary>
internal sealed class ApiException(int status, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public static ApiException NotFound(string what) => new(StatusCodes.Status404NotFound, what);

    public static ApiException Bad(string what) => new(StatusCodes.Status400BadRequest, what);

    public static ApiException Conflict(string what) => new(StatusCodes.Status409Conflict, what);
}
