using Microsoft.Extensions.Options;

namespace OutbackUptime.ClickHouse;

[OptionsValidator]
internal sealed partial class StoreOptionsValidator : IValidateOptions<StoreOptions>;
