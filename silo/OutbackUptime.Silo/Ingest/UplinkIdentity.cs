using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace OutbackUptime.Silo.Ingest;

/// <summary>What the uplink shows gateways, and whom it believes.</summary>
/// <param name="Certificate">Its certificate, with the key.</param>
/// <param name="Context">The same with what was sent along, made once: a handshake that makes it anew takes several times as long.</param>
/// <param name="Roots">The CA's certificates.</param>
internal sealed record UplinkIdentity(X509Certificate2 Certificate, SslStreamCertificateContext Context, X509Certificate2Collection Roots);
