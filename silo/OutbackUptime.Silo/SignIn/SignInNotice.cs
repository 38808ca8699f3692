using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.SignIn;

/// <summary>Says at start when nobody can sign in; also makes a bad token file fail the start.</summary>
internal sealed partial class SignInNotice(TokenBook tokens, IOptions<SignInOptions> options, ILogger<SignInNotice> logger) : IHostedService
{
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!tokens.IsOn && !options.Value.Oidc.IsOn)
        {
            LogNobody();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Warning, "Nobody can sign in: set SignIn:Oidc:Authority, or SignIn:OperatorToken (or SignIn:OperatorTokenFile). The admin port answers health checks only.")]
    private partial void LogNobody();
}
