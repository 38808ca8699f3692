using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway;

[OptionsValidator]
internal sealed partial class GatewayOptionsValidator : IValidateOptions<GatewayOptions>;
