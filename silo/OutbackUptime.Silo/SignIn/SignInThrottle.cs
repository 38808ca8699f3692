using OutbackUptime.Domain.Access;

namespace OutbackUptime.Silo.SignIn;

/// <summary>Locks an address out for a while after wrong tokens: three are free, then 1 s doubling to 1 min, during which nothing is checked.</summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    private const string AnyUser = "token";
    private readonly Lock _lock = new();
    private readonly LoginThrottle _throttle = new(new LoginThrottleOptions());

    /// <summary>Checks a token unless the address is locked out; then <paramref name="lockedFor"/> says how much longer.</summary>
    public T? Check<T>(HttpContext context, Func<T?> check, out TimeSpan lockedFor)
        where T : struct
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        lock (_lock)
        {
            lockedFor = _throttle.LockedFor(AnyUser, address, time.GetUtcNow());
            if (lockedFor > TimeSpan.Zero)
            {
                return null;
            }

            if (check() is { } right)
            {
                _throttle.OnSuccess(AnyUser, address);
                return right;
            }

            _throttle.OnFailure(AnyUser, address, time.GetUtcNow());
            return null;
        }
    }
}
