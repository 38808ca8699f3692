using Microsoft.Extensions.Options;
using OutbackUptime.Grains.Watch;

namespace OutbackUptime.Silo.Watch;

[OptionsValidator]
internal sealed partial class WatchOptionsValidator : IValidateOptions<WatchOptions>;
