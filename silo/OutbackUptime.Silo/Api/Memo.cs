namespace OutbackUptime.Silo.Api;

/// <summary>
/// Keeps answers for a short while and asks for each only once at a time, so that any number of open pages costs the stores as much
/// as one. Bounded: beyond 256 keys all is forgotten.
/// </summary>
internal sealed class Memo(TimeProvider time)
{
    private const int MaxKeys = 256;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset At, Task Answer)> _answers = new(StringComparer.Ordinal);

    /// <summary>The answer under a key if it is younger than <paramref name="age"/>, else a new one. Not cancelled by one caller's leaving.</summary>
    public async Task<T> GetAsync<T>(string key, TimeSpan age, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        Task<T> answer;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_answers.TryGetValue(key, out var known) && (now - known.At < age || !known.Answer.IsCompleted) && !known.Answer.IsFaulted)
            {
                answer = (Task<T>)known.Answer;
            }
            else
            {
                if (_answers.Count >= MaxKeys)
                {
                    _answers.Clear();
                }

                answer = read(CancellationToken.None);
                _answers[key] = (now, answer);
            }
        }

        return await answer.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
