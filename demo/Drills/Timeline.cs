namespace OutbackUptime.Demo.Drills;

/// <summary>Says what happens, with the time since the drill began.</summary>
internal sealed class Timeline(TextWriter output, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public void Note(string text)
    {
        var at = time.GetElapsedTime(_started);
        output.WriteLine($"  {(int)at.TotalMinutes:00}:{at.Seconds:00}.{at.Milliseconds / 100}  {text}");
    }
}
