using System.Globalization;
using OutbackUptime.Domain.Losses;

namespace OutbackUptime.EdgeGateway.Journal.Status;

/// <summary>`journal status`: how full the journal is, how long the station can stay dark, and what was given up.</summary>
internal static class JournalCommand
{
    private const string Usage = "Usage: journal status  how full it is, how long it lasts, what was given up\nThe file is journal.db in Gateway:DataDirectory (Gateway__DataDirectory=/var/lib/outback); it may be in use.";

    /// <summary>Runs it; 0 when done, 1 when the journal can't be read, 2 when not understood.</summary>
    public static int Run(IReadOnlyList<string> arguments, IConfiguration configuration, TimeProvider time, TextWriter output, TextWriter error)
    {
        if (arguments is not ["status"])
        {
            error.WriteLine(Usage);
            return 2;
        }

        var gateway = configuration.GetSection("Gateway").Get<GatewayOptions>() ?? new GatewayOptions();
        var options = configuration.GetSection("Journal").Get<JournalOptions>() ?? new JournalOptions();
        try
        {
            var now = time.GetUtcNow();
            Write(new JournalStatusReader(SqliteJournal.PathOf(gateway), options).Read(now), options, now, output);
            return 0;
        }
        catch (JournalException e)
        {
            error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void Write(JournalStatus s, JournalOptions options, DateTimeOffset now, TextWriter output)
    {
        output.WriteLine($"journal    {s.Path}, station {s.Station}, epoch {s.Epoch}");
        output.WriteLine($"entries    {N(s.Entries)} not safe yet{(s.Oldest is { } oldest ? $", the oldest {Age(now - oldest)} old" : "")}");
        output.WriteLine($"bytes      {N(s.UsedBytes)} of {N(options.MaxBytes)} ({Math.Floor(100.0 * s.UsedBytes / options.MaxBytes)} %); above {N(options.Limits.HighBytes)} entries are given up, down to {N(options.Limits.LowBytes)}");
        if (s.Entries > 0)
        {
            output.WriteLine($"packet     {N(s.UsedBytes / s.Entries)} bytes each");
        }

        output.WriteLine(s.EntriesPerDay is { } rate ? $"rate       {N((long)rate)} packets a day" : "rate       not known yet: it takes an hour");
        output.WriteLine($"dark       {Dark(s.DaysLeft)}");
        output.WriteLine($"given up   {N(Count(s, LossCause.Evicted))} evicted (one region has them), {N(Count(s, LossCause.Thinned))} thinned, {N(Count(s, LossCause.Damaged))} damaged");
    }

    private static string Dark(double? days) => days switch
    {
        null => "can't be told yet",
        double.PositiveInfinity => "nothing comes in: no limit",
        >= 2 => $"can stay dark {N((long)days)} more days",
        > 0 => $"can stay dark {N((long)(days * 24))} more hours",
        _ => "entries are being given up now",
    };

    private static long Count(JournalStatus s, LossCause cause) => s.GivenUp.GetValueOrDefault(cause);

    private static string Age(TimeSpan age) => age.TotalDays >= 2 ? $"{(long)age.TotalDays} days" : age.TotalHours >= 2 ? $"{(long)age.TotalHours} hours" : $"{(long)age.TotalMinutes} minutes";

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
