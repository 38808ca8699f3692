using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.LiveTail;

[OptionsValidator]
internal sealed partial class LiveTailOptionsValidator : IValidateOptions<LiveTailOptions>;
