using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Ingest;

[OptionsValidator]
internal sealed partial class UplinkOptionsRanges : IValidateOptions<UplinkOptions>;
