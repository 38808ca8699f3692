using CsCheck;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.Domain.Tests.Ranges;

public sealed class OffsetRangeSetTests
{
    private static readonly Gen<(bool Add, OffsetRange Range)> s_step =
        Gen.Select(Gen.Bool, Gen.Long[1, 60], Gen.Long[0, 12], (add, first, length) => (add, new OffsetRange(first, first + length)));

    [Fact]
    public void AnySteps_AgreeWithASetOfNumbers() => s_step.List[0, 40].Sample(steps =>
    {
        var (set, model) = (new OffsetRangeSet(), new SortedSet<long>());
        foreach (var (add, range) in steps)
        {
            var numbers = Numbers(range).ToList();
            if (add)
            {
                var before = model.Count;
                model.UnionWith(numbers);
                if (set.Add(range) != model.Count - before)
                {
                    return false;
                }
            }
            else
            {
                model.ExceptWith(numbers);
                set.Remove(range);
            }
        }

        var whole = new OffsetRange(0, 80);
        return set.Count == model.Count
            && set.Ranges.SelectMany(Numbers).SequenceEqual(model)
            && set.Ranges.Zip(set.Ranges.Skip(1)).All(p => p.First.Last + 1 < p.Second.First)
            && set.MissingWithin(whole).SelectMany(Numbers).SequenceEqual(Numbers(whole).Except(model))
            && Numbers(whole).All(n => set.Contains(n) == model.Contains(n)
                && set.NextMissing(n) == Numbers(new(n, 200)).First(m => !model.Contains(m))
                && set.NextPresent(n) == model.FirstOrDefault(m => m >= n, long.MaxValue)
                && set.CoveredThrough(n) == set.NextMissing(n) - 1);
    });

    [Fact]
    public void Intersect_AgreesWithASetOfNumbers() => Gen.Select(s_step.List[0, 20], s_step.List[0, 20]).Sample((a, b) =>
    {
        var (left, right) = (Build(a), Build(b));
        return left.Intersect(right).Ranges.SelectMany(Numbers).SequenceEqual(left.Ranges.SelectMany(Numbers).Intersect(right.Ranges.SelectMany(Numbers)));
    });

    [Fact]
    public void Clone_DoesNotChangeWithTheOriginal()
    {
        var set = new OffsetRangeSet([new(1, 5)]);
        var clone = set.Clone();

        set.Add(new OffsetRange(6, 9));

        Assert.Equal(5, clone.Count);
        Assert.Equal([new OffsetRange(1, 5)], clone.Ranges);
    }

    private static OffsetRangeSet Build(List<(bool Add, OffsetRange Range)> steps) => new(steps.Where(s => s.Add).Select(s => s.Range));

    private static IEnumerable<long> Numbers(OffsetRange range)
    {
        for (var n = range.First; n <= range.Last; n++)
        {
            yield return n;
        }
    }
}
