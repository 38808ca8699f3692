namespace OutbackUptime.Demo.Certificates;

/// <summary>A certificate and its private key, PEM.</summary>
internal sealed record CertificateFiles(string Certificate, string Key);
