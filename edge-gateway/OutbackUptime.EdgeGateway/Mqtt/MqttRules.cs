using System.Net;
using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>What annotations can't say about the front door's options.</summary>
internal sealed class MqttRules : IValidateOptions<MqttOptions>
{
    public ValidateOptionsResult Validate(string? name, MqttOptions options)
    {
        if (!IPAddress.TryParse(options.Address, out _))
        {
            return ValidateOptionsResult.Fail($"Mqtt:Address is '{options.Address}'; expected an IP address.");
        }

        if (!options.Plaintext && (options.CertificatePath.Length == 0 || options.KeyPath.Length == 0))
        {
            return ValidateOptionsResult.Fail("Mqtt:CertificatePath and Mqtt:KeyPath are missing: hubs come by TLS. For a lab without it set Mqtt:Plaintext=true.");
        }

        if (options.ClientCaPath.Length > 0 && (options.Plaintext || !File.Exists(options.ClientCaPath)))
        {
            return ValidateOptionsResult.Fail(
                options.Plaintext ? "Mqtt:ClientCaPath is set, but with Mqtt:Plaintext there is no TLS to show a certificate in." : $"Mqtt:ClientCaPath: there is no file '{options.ClientCaPath}'; expected the hubs' CA as PEM.");
        }

        return ValidateOptionsResult.Success;
    }
}
