using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

[OptionsValidator]
internal sealed partial class GuardOptionsValidator : IValidateOptions<GuardOptions>;
