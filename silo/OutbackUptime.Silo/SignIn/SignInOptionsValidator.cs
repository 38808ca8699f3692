using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.SignIn;

[OptionsValidator]
internal sealed partial class SignInOptionsValidator : IValidateOptions<SignInOptions>;
