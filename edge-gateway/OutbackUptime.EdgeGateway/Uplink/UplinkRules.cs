using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Stations;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>What annotations can't say about the uplink's options.</summary>
internal sealed class UplinkRules : IValidateOptions<UplinkOptions>
{
    public ValidateOptionsResult Validate(string? name, UplinkOptions options) => Failures(options).ToArray() is [_, ..] failures
        ? ValidateOptionsResult.Fail(failures)
        : ValidateOptionsResult.Success;

    private static IEnumerable<string> Failures(UplinkOptions options)
    {
        if (options.Regions.Count == 0)
        {
            yield return "Uplink:Regions is empty: name each region's endpoints, e.g. Uplink__Regions__syd__Endpoints__0=https://syd.example:7443";
        }

        foreach (var (setting, value) in new[]
        {
            (nameof(options.ConnectTimeout), options.ConnectTimeout), (nameof(options.FrameTimeout), options.FrameTimeout),
            (nameof(options.LongestConnectTimeout), options.LongestConnectTimeout), (nameof(options.StandstillTimeout), options.StandstillTimeout),
            (nameof(options.WedgeTimeout), options.WedgeTimeout), (nameof(options.SettleTime), options.SettleTime),
            (nameof(options.HomeProbeInterval), options.HomeProbeInterval), (nameof(options.LongestHomeProbeInterval), options.LongestHomeProbeInterval),
            (nameof(options.PingDelay), options.PingDelay),
        })
        {
            if (value < TimeSpan.FromMilliseconds(100) || value > TimeSpan.FromDays(1))
            {
                yield return $"Uplink:{setting} is {value}; expected 00:00:00.1 to 1.00:00:00.";
            }
        }

        if (options.CanaryInterval != TimeSpan.Zero && (options.CanaryInterval < TimeSpan.FromMilliseconds(100) || options.CanaryInterval > TimeSpan.FromDays(1)))
        {
            yield return $"Uplink:CanaryInterval is {options.CanaryInterval}; expected 00:00:00.1 to 1.00:00:00, or 0 for none.";
        }

        if (options.HeartbeatInterval != TimeSpan.Zero && (options.HeartbeatInterval < TimeSpan.FromSeconds(1) || options.HeartbeatInterval > TimeSpan.FromMinutes(1)))
        {
            yield return $"Uplink:HeartbeatInterval is {options.HeartbeatInterval}; expected 00:00:01 to 00:01:00, or 0 for none.";
        }

        foreach (var (region, settings) in options.Regions)
        {
            if (!EntityName.IsValid(region))
            {
                yield return $"Uplink:Regions: '{region}' is no region's name; expected {EntityName.Rule}.";
            }

            if (settings.Endpoints.Count == 0)
            {
                yield return $"Uplink:Regions:{region} has no endpoints: give it at least one, e.g. https://{region}.example:7443";
            }

            foreach (var endpoint in settings.Endpoints)
            {
                if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
                {
                    yield return $"Uplink:Regions:{region}:Endpoints: '{endpoint}' is no endpoint; expected https://host:port.";
                }
                else if (uri.Scheme == "http" && !uri.IsLoopback && !options.Plaintext)
                {
                    yield return $"Uplink:Regions:{region}:Endpoints: '{endpoint}' is plaintext to another machine; use https, or set Uplink:Plaintext=true if you must.";
                }
                else if (uri.Scheme == "https" && (options.CertificatePath.Length == 0 || options.KeyPath.Length == 0 || options.CaPath.Length == 0))
                {
                    yield return "Uplink:CertificatePath, Uplink:KeyPath and Uplink:CaPath are needed for https endpoints: the gateway proves its station by its certificate.";
                }
            }
        }
    }
}
