using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.GiveBack;

[OptionsValidator]
internal sealed partial class GiveBackOptionsValidator : IValidateOptions<GiveBackOptions>;
