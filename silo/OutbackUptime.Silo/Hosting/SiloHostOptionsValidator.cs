using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Hosting;

[OptionsValidator]
internal sealed partial class SiloHostOptionsValidator : IValidateOptions<SiloHostOptions>;
