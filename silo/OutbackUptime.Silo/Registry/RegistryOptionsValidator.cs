using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Registry;

[OptionsValidator]
internal sealed partial class RegistryOptionsValidator : IValidateOptions<RegistryOptions>;
