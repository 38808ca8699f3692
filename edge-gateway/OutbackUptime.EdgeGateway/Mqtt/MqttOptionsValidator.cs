using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Mqtt;

[OptionsValidator]
internal sealed partial class MqttOptionsValidator : IValidateOptions<MqttOptions>;
