using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Clustering;

[OptionsValidator]
internal sealed partial class MembershipOptionsValidator : IValidateOptions<MembershipOptions>;
