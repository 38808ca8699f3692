namespace OutbackUptime.Domain.Stations;

/// <summary>The rule for names of stations, hubs and regions: they stand in topics, certificates, grain keys and queries.</summary>
public static class EntityName
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>The rule in words, for error messages.</summary>
    public const string Rule = "1 to 64 characters of a-z, 0-9 and '-', starting with a letter or digit";

    /// <summary>Whether <paramref name="name"/> is 1 to 64 characters of a-z, 0-9 and '-', starting with a letter or digit.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > MaxLength || name[0] == '-')
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }
}
