using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Api;

[OptionsValidator]
internal sealed partial class ApiOptionsValidator : IValidateOptions<ApiOptions>;
