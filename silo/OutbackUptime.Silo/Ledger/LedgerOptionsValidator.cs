using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Ledger;

[OptionsValidator]
internal sealed partial class LedgerOptionsValidator : IValidateOptions<LedgerOptions>;
