namespace OutbackUptime.Operations.Tests.Dashboards;

public sealed class MetricNamesTests
{
    [Theory]
    [InlineData("""histogram_quantile(0.95, sum by (le, stage) (rate(a_bucket{stage=~"x|y"}[5m])))""", "a_bucket")]
    [InlineData("x:y > on () group_left () (0.3 + (max(z_seconds) or vector(0)))", "x:y z_seconds")]
    [InlineData("""label_replace(max by (r) (max_over_time(up{job="silo"}[1h])) unless max by (r) (down) > 0, "region", "$1", "r", "(.*)")""", "up down")]
    [InlineData("a / 2^30 * 1e3", "a")]
    public void In_FindsMetricsAndNothingElse(string expression, string names) => Assert.Equal(names.Split(' '), MetricNames.In(expression));
}
