using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>What annotations can't say about the guard's options.</summary>
internal sealed class GuardRules : IValidateOptions<GuardOptions>
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, GuardOptions options)
    {
        (string Name, TimeSpan Value)[] times =
        [
            (nameof(options.HandshakeTime), options.HandshakeTime),
            (nameof(options.ConnectTime), options.ConnectTime),
            (nameof(options.PacketTime), options.PacketTime),
            (nameof(options.WriteTime), options.WriteTime),
        ];
        foreach (var (option, value) in times)
        {
            if (value <= TimeSpan.Zero || value > s_longest)
            {
                return ValidateOptionsResult.Fail($"Mqtt:Guard:{option} is {value}; expected more than 0 and at most {s_longest}.");
            }
        }

        return options.LogInterval < TimeSpan.Zero ? ValidateOptionsResult.Fail($"Mqtt:Guard:LogInterval is {options.LogInterval}; expected 0 or more.") : ValidateOptionsResult.Success;
    }
}
