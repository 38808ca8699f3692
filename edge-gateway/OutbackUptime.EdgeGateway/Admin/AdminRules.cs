using System.Net;
using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Admin;

/// <summary>What annotations can't say about the admin port's options.</summary>
internal sealed class AdminRules : IValidateOptions<AdminOptions>
{
    public ValidateOptionsResult Validate(string? name, AdminOptions options) => IPAddress.TryParse(options.Address, out _)
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"Admin:Address is '{options.Address}'; expected an IP address.");
}
