namespace OutbackUptime.Silo.Api;

/// <summary>Who is signed in, and where.</summary>
/// <param name="Name">The account.</param>
/// <param name="Role">`viewer` or `operator`.</param>
/// <param name="Csrf">To be sent as X-CSRF with what a browser's session changes.</param>
/// <param name="Silo">The silo that answers.</param>
/// <param name="Region">Its region.</param>
internal sealed record MeView(string Name, string Role, string Csrf, string Silo, string Region);
