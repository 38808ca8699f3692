using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Journal;

[OptionsValidator]
internal sealed partial class JournalOptionsValidator : IValidateOptions<JournalOptions>;
