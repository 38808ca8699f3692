using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Telemetry;

[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
