using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Broker;

[OptionsValidator]
internal sealed partial class BrokerOptionsValidator : IValidateOptions<BrokerOptions>;
