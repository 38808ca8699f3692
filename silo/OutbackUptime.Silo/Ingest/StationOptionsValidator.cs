using Microsoft.Extensions.Options;
using OutbackUptime.Grains.Stations;

namespace OutbackUptime.Silo.Ingest;

[OptionsValidator]
internal sealed partial class StationOptionsValidator : IValidateOptions<StationOptions>;
