namespace OutbackUptime.Silo.Api;

/// <summary>A part of a list.</summary>
/// <param name="Items">At most `limit`.</param>
/// <param name="NextOffset">`offset` of the next part; null when this is the last one.</param>
internal sealed record PageOf<T>(IReadOnlyList<T> Items, int? NextOffset)
{
    /// <summary>Makes a page of rows that were asked for with one more than the limit.</summary>
    public static PageOf<T> Of(IReadOnlyList<T> rows, Paging paging) =>
        new([.. rows.Take(paging.Limit)], rows.Count > paging.Limit ? paging.Offset + paging.Limit : null);
}
