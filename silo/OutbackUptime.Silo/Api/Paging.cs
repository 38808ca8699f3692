using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace OutbackUptime.Silo.Api;

/// <summary>Which part of a list is asked for.</summary>
internal sealed class Paging
{
    private const int MaxLimit = 500;
    private const int MaxOffset = 1_000_000;

    /// <summary>1 to 500; default 100.</summary>
    [FromQuery(Name = "limit"), Description("Most items, 1 to 500 (default 100)."), DefaultValue(100)]
    public int? LimitAsked { get; init; }

    /// <summary>0 to 1,000,000.</summary>
    [FromQuery(Name = "offset"), Description("Items to leave out first, 0 to 1,000,000."), DefaultValue(0)]
    public int? OffsetAsked { get; init; }

    internal int Limit => LimitAsked is null ? 100
        : LimitAsked is >= 1 and <= MaxLimit ? LimitAsked.Value : throw ApiException.Bad($"limit: expected 1 to {MaxLimit}, found {LimitAsked}.");

    internal int Offset => OffsetAsked is null ? 0
        : OffsetAsked is >= 0 and <= MaxOffset ? OffsetAsked.Value : throw ApiException.Bad($"offset: expected 0 to {MaxOffset}, found {OffsetAsked}.");

    /// <summary>LIMIT and OFFSET, with one row more than asked for: it tells whether there are more.</summary>
    internal string Sql => $"LIMIT {Limit + 1} OFFSET {Offset}";
}
