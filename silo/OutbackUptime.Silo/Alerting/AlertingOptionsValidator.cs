using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Alerting;

[OptionsValidator]
internal sealed partial class AlertingOptionsValidator : IValidateOptions<AlertingOptions>;
