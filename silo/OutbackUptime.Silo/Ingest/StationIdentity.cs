using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OutbackUptime.Silo.Ingest;

/// <summary>Which station a client certificate speaks for: its SAN URI `spiffe://outback-uptime/station/{station}`.</summary>
internal static class StationIdentity
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6);

    /// <summary>The URI that a station's certificate carries.</summary>
    public static string UriOf(string station) => $"spiffe://outback-uptime/station/{station}";

    /// <summary>Whether the certificate carries the station's URI, and no other one (a SPIFFE certificate has exactly one).</summary>
    public static bool Names(X509Certificate2 certificate, string station) =>
        Uris(certificate) is [var uri] && string.Equals(uri, UriOf(station), StringComparison.Ordinal);

    private static List<string> Uris(X509Certificate2 certificate)
    {
        List<string> uris = [];
        try
        {
            foreach (var extension in certificate.Extensions.Where(e => e.Oid?.Value == SubjectAlternativeName))
            {
                var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
                while (names.HasData)
                {
                    if (names.PeekTag().HasSameClassAndValue(Uri))
                    {
                        uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, Uri));
                    }
                    else
                    {
                        names.ReadEncodedValue();
                    }
                }
            }
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return [];
        }

        return uris;
    }
}
