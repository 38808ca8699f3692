namespace OutbackUptime.Domain.Stations;

/// <summary>Makes a name for people from an id.</summary>
public static class PlaceName
{
    /// <summary>`ten-mile-trough` becomes `Ten mile trough`.</summary>
    public static string Of(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var words = id.Replace('-', ' ');
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
