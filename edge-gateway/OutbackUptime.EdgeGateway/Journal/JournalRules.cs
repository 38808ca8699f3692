using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What annotations can't say about the journal's options.</summary>
internal sealed class JournalRules : IValidateOptions<JournalOptions>
{
    private static readonly TimeSpan s_longestLinger = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, JournalOptions options) =>
        options.Linger < TimeSpan.Zero || options.Linger > s_longestLinger
            ? ValidateOptionsResult.Fail($"Journal:Linger is {options.Linger}; expected 00:00:00 to {s_longestLinger}: hubs wait so long for their PUBACK.")
        : options.LowWater >= options.HighWater
            ? ValidateOptionsResult.Fail($"Journal:LowWater is {options.LowWater}; expected less than Journal:HighWater, which is {options.HighWater}.")
        : options.MaxAge != TimeSpan.Zero && options.MaxAge < TimeSpan.FromHours(1)
            ? ValidateOptionsResult.Fail($"Journal:MaxAge is {options.MaxAge}; expected 00:00:00 (none) or at least 01:00:00.")
        : ValidateOptionsResult.Success;
}
