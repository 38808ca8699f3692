using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Admin;

[OptionsValidator]
internal sealed partial class AdminOptionsValidator : IValidateOptions<AdminOptions>;
