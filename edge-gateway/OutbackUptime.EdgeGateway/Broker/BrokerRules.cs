using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Broker;

/// <summary>What annotations can't say about the broker's options.</summary>
internal sealed class BrokerRules : IValidateOptions<BrokerOptions>
{
    public ValidateOptionsResult Validate(string? name, BrokerOptions options) =>
        options.Only && !options.Enabled ? Fail("Broker:Only is set, but Broker:Enabled is not: no hub could reach this gateway.")
        : !options.Enabled ? ValidateOptionsResult.Success
        : options.Host.Length == 0 ? Fail("Broker:Host is missing: the broker's name or address, e.g. Broker__Host=127.0.0.1")
        : options.CertificatePath.Length > 0 != options.KeyPath.Length > 0 ? Fail("Broker:CertificatePath and Broker:KeyPath go together.")
        : options.Plaintext && options.CaPath.Length + options.CertificatePath.Length > 0 ? Fail("Broker:Plaintext is set beside certificates: expected one or the other.")
        : options.PasswordFile.Length > 0 && options.UserName.Length == 0 ? Fail("Broker:PasswordFile is set without Broker:UserName.")
        : options.SessionExpiry < TimeSpan.FromMinutes(1) || options.SessionExpiry.TotalSeconds > uint.MaxValue - 1 ? Fail($"Broker:SessionExpiry is {options.SessionExpiry}; expected 1 minute to 136 years.")
        : options.KeepAlive < TimeSpan.FromSeconds(1) || options.KeepAlive.TotalSeconds > ushort.MaxValue ? Fail($"Broker:KeepAlive is {options.KeepAlive}; expected 1 s to 18 h.")
        : options.MaxReconnectDelay < TimeSpan.FromSeconds(1) || options.MaxReconnectDelay > TimeSpan.FromHours(1) ? Fail($"Broker:MaxReconnectDelay is {options.MaxReconnectDelay}; expected 1 s to 1 h.")
        : ValidateOptionsResult.Success;

    private static ValidateOptionsResult Fail(string message) => ValidateOptionsResult.Fail(message);
}
