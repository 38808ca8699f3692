using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Silo.Registry;

/// <summary>Checks what a station says beyond its name and place: its time, its distances, who is told.</summary>
internal sealed class StationCheck(Checks checks)
{
    private const int MaxSteps = 9;

    public Station Check(string path, StationDocument document, Station station) => station with
    {
        DriveTime = TimeSpan.FromHours(checks.Or($"{path}.driveHours", document.DriveHours, 0, 48, 4)),
        LinkRest = TimeSpan.FromMinutes(checks.Or($"{path}.linkRestMinutes", document.LinkRestMinutes, 1, 1440, 15)),
        TimeZone = Zone(path, document, station),
        Escalation = Steps($"{path}.escalation", document.Escalation),
        DigestHour = checks.Whole($"{path}.digestHour", document.DigestHour, 0, 23, 6),
        DigestTo = checks.Contacts($"{path}.digestTo", document.DigestTo),
    };

    private TimeZoneInfo Zone(string path, StationDocument document, Station station)
    {
        if (document.TimeZone is not null && document.UtcOffsetMinutes is not null)
        {
            checks.Fault($"{path}.utcOffsetMinutes", "expected either timeZone or utcOffsetMinutes, found both");
        }

        if (document.UtcOffsetMinutes is { } minutes)
        {
            return StationTime.OfOffset(TimeSpan.FromMinutes(checks.Whole($"{path}.utcOffsetMinutes", minutes, -840, 840, 0)));
        }

        if (document.TimeZone is not { } id)
        {
            return station.TimeZone;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            return zone;
        }

        checks.Fault($"{path}.timeZone", $"expected an IANA name that this machine knows, e.g. Australia/Darwin, found '{id}'; without the machine's tzdata, give utcOffsetMinutes");
        return station.TimeZone;
    }

    private IReadOnlyList<EscalationStep> Steps(string path, IReadOnlyList<EscalationDocument>? steps)
    {
        if (steps is null)
        {
            return EscalationStep.Usual;
        }

        if (steps.Count is 0 or > MaxSteps)
        {
            checks.Fault(path, $"expected 1 to {MaxSteps} steps, found {steps.Count}");
        }

        List<EscalationStep> good = [];
        for (var i = 0; i < steps.Count; i++)
        {
            var (at, step) = ($"{path}[{i}]", steps[i]);
            var critical = TimeSpan.FromMinutes(checks.Within($"{at}.criticalAfterMinutes", step?.CriticalAfterMinutes, 0, 10_080));
            TimeSpan? warning = step?.WarningAfterMinutes is { } minutes ? TimeSpan.FromMinutes(checks.Within($"{at}.warningAfterMinutes", minutes, 0, 10_080)) : null;
            if (good.Count > 0 && (critical <= good[^1].CriticalAfter || warning <= good[^1].WarningAfter || (warning is not null && good[^1].WarningAfter is null)))
            {
                checks.Fault(at, "expected each step to come later than the one before");
            }

            if (step?.Notify is not { Count: > 0 })
            {
                checks.Fault($"{at}.notify", "expected at least one contact's name");
            }

            good.Add(new EscalationStep(critical, warning, checks.Contacts($"{at}.notify", step?.Notify)));
        }

        return good;
    }
}
