using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Silo.Registry;

/// <summary>The checks of single values; each fault says where, what was expected and what was found.</summary>
internal sealed class Checks
{
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    public void Fault(string path, string what) => _faults.Add($"{path}: {what}");

    public string Name(string path, string? name)
    {
        if (name is null || !EntityName.IsValid(name))
        {
            Fault(path, $"expected {EntityName.Rule}, found '{name}'");
        }

        return name ?? path;
    }

    public double Within(string path, double? value, double low, double high)
    {
        if (value is { } number && number >= low && number <= high)
        {
            return number;
        }

        Fault(path, $"expected a number from {low} to {high}, found {(value is null ? "none" : value.ToString())}");
        return low;
    }

    public double Or(string path, double? value, double low, double high, double usual) => value is null ? usual : Within(path, value, low, high);

    public int Whole(string path, double? value, int low, int high, int usual)
    {
        var number = Or(path, value, low, high, usual);
        if (number != Math.Floor(number))
        {
            Fault(path, $"expected a whole number, found {number}");
        }

        return (int)number;
    }

    public string Metric(string path, string? value, string usual)
    {
        if (value is null)
        {
            return usual;
        }

        if (value.Length is 0 or > 64 || !char.IsAsciiLetterLower(value[0]) || value.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '_'))
        {
            Fault(path, $"expected a metric's name of 1 to 64 characters, [a-z][a-z0-9_]*, found '{value}'");
        }

        return value;
    }

    public IReadOnlyList<string> Contacts(string path, IReadOnlyList<string>? names)
    {
        for (var i = 0; i < (names?.Count ?? 0); i++)
        {
            Name($"{path}[{i}]", names![i]);
        }

        return names ?? [];
    }
}
