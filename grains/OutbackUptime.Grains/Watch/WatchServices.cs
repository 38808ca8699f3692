namespace OutbackUptime.Grains.Watch;

/// <summary>What a station's watch works with.</summary>
/// <param name="Stores">The stores, the own region's first.</param>
/// <param name="Beats">The regions' signs of life.</param>
/// <param name="Options">Limits.</param>
/// <param name="Time">Clock.</param>
internal sealed record WatchServices(IReadOnlyList<IWatchStore> Stores, RegionBeats Beats, WatchOptions Options, TimeProvider Time);
