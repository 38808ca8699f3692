namespace OutbackUptime.Domain.Formats.SenMl;

/// <summary>One record of a pack as it stands, with the base values that hold for it.</summary>
internal struct SenMlRecord
{
    public string? Name;
    public string? Unit;
    public double? Value;
    public bool? Boolean;
    public double? Sum;
    public double? Time;
    public bool HasText;

    // Base values: these last until a record changes them (RFC 8428 section 4.6).
    public string BaseName;
    public string? BaseUnit;
    public double? BaseTime;
    public double? BaseValue;
    public double? BaseSum;

    /// <summary>The next record: the base values stay, nothing else does.</summary>
    public readonly SenMlRecord Next() => new()
    {
        BaseName = BaseName,
        BaseUnit = BaseUnit,
        BaseTime = BaseTime,
        BaseValue = BaseValue,
        BaseSum = BaseSum,
    };
}
