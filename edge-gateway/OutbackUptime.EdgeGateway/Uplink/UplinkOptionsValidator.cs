using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Uplink;

[OptionsValidator]
internal sealed partial class UplinkOptionsValidator : IValidateOptions<UplinkOptions>;
