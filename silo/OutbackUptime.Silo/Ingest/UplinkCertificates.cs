using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OutbackUptime.Silo.Ingest;

/// <summary>
/// The uplink's certificate and the CA that gateways' must come from. The files are looked at again every half minute in which a
/// gateway comes, so that renewed ones are taken up without a restart; what can't be read leaves the ones before.
/// </summary>
internal sealed partial class UplinkCertificates
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(30);

    private readonly UplinkOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private (string Certificate, string Key, string Ca) _files;
    private UplinkIdentity _current;
    private long _lookedAt;

    /// <summary>Reads the files. Throws where they are no good: a silo does not start with them.</summary>
    public UplinkCertificates(UplinkOptions options, TimeProvider time, ILogger logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _files = Read();
        _current = Parse(_files);
        _lookedAt = time.GetTimestamp();
    }

    /// <summary>What to show, and whom to believe.</summary>
    public UplinkIdentity Current
    {
        get
        {
            lock (_lock)
            {
                if (_time.GetElapsedTime(_lookedAt) >= s_look)
                {
                    _lookedAt = _time.GetTimestamp();
                    Look();
                }

                return _current;
            }
        }
    }

    private void Look()
    {
        try
        {
            var files = Read();
            if (files != _files)
            {
                _current = Parse(files);
                _files = files;
                LogRenewed(_current.Certificate.Subject, _current.Certificate.NotAfter);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            LogKept(e.Message);
        }
    }

    private (string Certificate, string Key, string Ca) Read() =>
        (File.ReadAllText(_options.CertificatePath), File.ReadAllText(_options.KeyPath), File.ReadAllText(_options.CaPath));

    private UplinkIdentity Parse((string Certificate, string Key, string Ca) files)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(files.Ca);
        if (roots.Count == 0)
        {
            throw new CryptographicException($"Uplink:CaPath: no certificate is in '{_options.CaPath}'.");
        }

        var certificate = X509Certificate2.CreateFromPem(files.Certificate, files.Key);
        var sentAlong = new X509Certificate2Collection();
        sentAlong.ImportFromPem(files.Certificate);
        return new UplinkIdentity(certificate, SslStreamCertificateContext.Create(certificate, sentAlong, offline: true), roots);
    }

    [LoggerMessage(1, LogLevel.Information, "The uplink's certificate was renewed: {Subject}, until {NotAfter}")]
    private partial void LogRenewed(string subject, DateTime notAfter);

    [LoggerMessage(2, LogLevel.Error, "The uplink's changed certificate was not taken, the old one stays. {Fault}")]
    private partial void LogKept(string fault);
}
