using System.Net;
using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Ingest;

/// <summary>Checks what no attribute can.</summary>
internal sealed class UplinkOptionsValidator : IValidateOptions<UplinkOptions>
{
    public ValidateOptionsResult Validate(string? name, UplinkOptions options)
    {
        if (!IPAddress.TryParse(options.Address, out var address))
        {
            return ValidateOptionsResult.Fail($"Uplink:Address: expected an IP address, found '{options.Address}'.");
        }

        string[] paths = [options.CertificatePath, options.KeyPath, options.CaPath];
        if (options.Plaintext || (IPAddress.IsLoopback(address) && paths.All(p => p.Length == 0)))
        {
            return ValidateOptionsResult.Success;
        }

        if (paths.Any(p => p.Length == 0))
        {
            return ValidateOptionsResult.Fail("Uplink: CertificatePath, KeyPath and CaPath are all needed (or Uplink:Plaintext=true, which lets anyone speak for any station).");
        }

        return paths.FirstOrDefault(p => !File.Exists(p)) is { } missing
            ? ValidateOptionsResult.Fail($"Uplink: the file '{missing}' is not there.")
            : ValidateOptionsResult.Success;
    }
}
