using System.Globalization;
using System.Text;
using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Simulation.Month;

/// <summary>Hub-minutes by what they were and what they were called.</summary>
internal sealed class ConfusionMatrix
{
    private readonly long[,] _minutes = new long[8, 8];

    public void Add(Verdict truth, Verdict told) => _minutes[(int)truth, (int)told]++;

    public void Add(ConfusionMatrix other)
    {
        for (var i = 0; i < 64; i++)
        {
            _minutes[i / 8, i % 8] += other._minutes[i / 8, i % 8];
        }
    }

    public long Of(Verdict truth) => Enumerable.Range(0, 8).Sum(told => _minutes[(int)truth, told]);

    /// <summary>Share of the minutes of a verdict that were called by it.</summary>
    public double Recall(Verdict truth) => (double)_minutes[(int)truth, (int)truth] / Of(truth);

    /// <summary>Share of the minutes called so that were so.</summary>
    public double Precision(Verdict told) => (double)_minutes[(int)told, (int)told] / Enumerable.Range(0, 8).Sum(truth => _minutes[truth, (int)told]);

    /// <summary>Share of the minutes that were not hub-down and were called so.</summary>
    public double WrongHubDown() =>
        (double)Others(t => _minutes[(int)t, (int)Verdict.HubDown]) / Others(Of);

    public string ToMarkdown()
    {
        var text = new StringBuilder("| was \\ told |");
        foreach (var told in VerdictNames.All)
        {
            text.Append(CultureInfo.InvariantCulture, $" {VerdictNames.NameOf(told)} |");
        }

        text.Append(" untold | right |\n|---|").Append(string.Concat(Enumerable.Repeat("--:|", VerdictNames.All.Count + 2))).Append('\n');
        foreach (var truth in VerdictNames.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| **{VerdictNames.NameOf(truth)}** |");
            foreach (var told in VerdictNames.All)
            {
                text.Append(CultureInfo.InvariantCulture, $" {_minutes[(int)truth, (int)told]:N0} |");
            }

            text.Append(CultureInfo.InvariantCulture, $" {_minutes[(int)truth, 0]:N0} | {Recall(truth):P2} |\n");
        }

        return text.ToString();
    }

    private static long Others(Func<Verdict, long> of) => VerdictNames.All.Where(v => v != Verdict.HubDown).Sum(of);
}
