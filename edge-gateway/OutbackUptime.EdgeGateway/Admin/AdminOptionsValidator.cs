using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Admin;

[OptionsValidator]
internal sealed partial class AdminOptionsValidator : IValidateOptions<AdminOptions>;
