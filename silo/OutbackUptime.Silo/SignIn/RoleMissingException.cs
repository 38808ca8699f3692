namespace OutbackUptime.Silo.SignIn;

/// <summary>The identity provider knows the account, but gives it no role here.</summary>
internal sealed class RoleMissingException(string message) : Exception(message);
