using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Api;

/// <summary>Places for requests that read or change all of a station.</summary>
internal sealed class LongRequests(IOptions<ApiOptions> options)
{
    private readonly int _max = options.Value.MaxLongRequests;
    private int _taken;

    /// <summary>Takes a place, given back by disposing; answers 429 when all are taken.</summary>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref _taken) > _max)
        {
            Interlocked.Decrement(ref _taken);
            throw new ApiException(StatusCodes.Status429TooManyRequests, "An export or a deletion is under way on this silo. Try again when it is done.");
        }

        return new Place(this);
    }

    private sealed class Place(LongRequests owner) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Interlocked.Decrement(ref owner._taken);
            }
        }
    }
}
