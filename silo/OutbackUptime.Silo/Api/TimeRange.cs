using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace OutbackUptime.Silo.Api;

/// <summary>From when to when.</summary>
internal sealed class TimeRange
{
    /// <summary>Start; default: the endpoint's usual span before `to`.</summary>
    [FromQuery(Name = "from"), Description("Start (RFC 3339); default: a usual span before `to`.")]
    public DateTimeOffset? From { get; init; }

    /// <summary>End; default now.</summary>
    [FromQuery(Name = "to"), Description("End (RFC 3339); default: now.")]
    public DateTimeOffset? To { get; init; }

    /// <summary>The range, checked.</summary>
    internal (DateTimeOffset From, DateTimeOffset To) Resolve(DateTimeOffset now, TimeSpan usual, TimeSpan longest)
    {
        var to = To ?? now;
        var from = From ?? to - usual;
        return from >= to ? throw ApiException.Bad($"from ({from:O}) is not before to ({to:O}).")
            : to - from > longest ? throw ApiException.Bad($"The range is {(to - from).TotalHours:0.#} h long; at most {longest.TotalHours:0} h are answered at once.")
            : (from, to);
    }
}
