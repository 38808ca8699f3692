using OutbackUptime.Domain.Alerts.Water;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Alerts.Rules;

/// <summary>A rule about one hub's water or power. Stateless: the same history gives the same finding.</summary>
internal interface IWaterRule
{
    /// <summary>One of <see cref="AlertRules"/>.</summary>
    string Name { get; }

    /// <summary>It must be wrong for this long before it counts.</summary>
    TimeSpan ToOpen { get; }

    /// <summary>It must be fine for this long before it is over.</summary>
    TimeSpan ToClear { get; }

    /// <summary>How often it looks; in between, what was, stays. Slow quantities need no look in every slot.</summary>
    TimeSpan Pace => TimeSpan.Zero;

    /// <summary>How old its newest evidence may be to still be news; null: <see cref="AlertLimits.Stale"/>.</summary>
    TimeSpan? Stale => null;

    /// <summary>Whether the hub has what the rule looks at.</summary>
    bool Concerns(Hub hub);

    /// <summary>Another hub of whose late packets this hub's findings depend; null: none.</summary>
    string? DependsOn(Hub hub) => null;

    /// <summary>What it sees at the end of a slot.</summary>
    Finding At(StationHistory station, HubHistory hub, long slot);
}
