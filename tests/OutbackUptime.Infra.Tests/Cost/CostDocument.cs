using System.Globalization;
using System.Text;

namespace OutbackUptime.Infra.Tests.Cost;

/// <summary>docs/cost.md, from the model.</summary>
internal static class CostDocument
{
    private static readonly int[] s_stations = [10, 100, 1000];

    public static string Write(CostModel model)
    {
        var page = new StringBuilder();
        Summary(page, model);
        Unpriced(page, model);
        Cheap(page, model);
        Assumptions(page, model);
        foreach (var shape in model.Shapes)
        {
            Lines(page, model, shape);
        }

        Sources(page, model);
        return page.ToString();
    }

    private static void Summary(StringBuilder page, CostModel model)
    {
        page.Append("""
            # Cost
            Written by `OUTBACK_WRITE_DOCS=1 dotnet test tests/OutbackUptime.Infra.Tests` from `infra/cost` (prices, what each resource is billed by, shapes); a test fails when it is out of date, or when Terraform makes something that the model does not know. List prices without GST, one production environment, no station's own hardware and links. Nothing of this was billed: it is arithmetic.

            | shape | idle, AUD/month | 1,000 stations, AUD/month | cents a station and month at 10 | at 100 | at 1,000 | what it keeps |
            | --- | --- | --- | --- | --- | --- | --- |

            """);
        foreach (var shape in model.Shapes)
        {
            var cents = string.Join(" | ", s_stations.Select(n => Whole(model.CentsAStation(shape, n))));
            page.Append(CultureInfo.InvariantCulture, $"| {shape.Title} | {Whole(model.MonthlyAud(shape, 0))} | {Whole(model.MonthlyAud(shape, 1000))} | {cents} | {shape.Keeps} |\n");
        }
    }

    // What has no public price is in no total; what it would add stands beside them, by an assumption that says so.
    private static void Unpriced(StringBuilder page, CostModel model)
    {
        var assumed = model.Prices.All["ns1"].AssumedUsd!.Value;
        var aud = assumed * model.Prices.UsdToAud.Value;
        page.Append(CultureInfo.InvariantCulture, $"""

            ## NS1
            NS1 with Pulsar is sold by offer: no public price was found, so no total has it. With an assumption of ours, USD {assumed} a month (not an offer, not a guess at one; ask, and put yours into `assumed_usd`), which is AUD {Whole(aud)}:

            | shape | idle without NS1, AUD/month | with | 1,000 stations without | with | cents a station and month with NS1 at 10 | at 100 | at 1,000 |
            | --- | --- | --- | --- | --- | --- | --- | --- |

            """);
        foreach (var shape in model.Shapes.Where(shape => shape.Lines.Any(line => line.Price == "ns1")))
        {
            var (idle, full) = (model.MonthlyAud(shape, 0), model.MonthlyAud(shape, 1000));
            var cents = string.Join(" | ", s_stations.Select(n => Whole(model.CentsAStation(shape, n) + (100 * aud / n))));
            page.Append(CultureInfo.InvariantCulture, $"| {shape.Title} | {Whole(idle)} | {Whole(idle + aud)} | {Whole(full)} | {Whole(full + aud)} | {cents} |\n");
        }
    }

    private static void Cheap(StringBuilder page, CostModel model)
    {
        var eks = model.Prices.MonthlyAud("eks_cluster", 1);
        var nat = model.Prices.MonthlyAud("aws_nat_hour", 1) + model.Prices.MonthlyAud("azure_nat_hour", 1);
        var aks = model.Prices.MonthlyAud("aks_standard", 1);
        var spot = model.Prices.MonthlyAud("ec2_t4g_medium_spot", 1);
        page.Append(CultureInfo.InvariantCulture, $"""

            ## The AUD 24 a month
            AUD 24 is often quoted for two regions on spot. It leaves out what is billed whether anything runs or not: EKS' control plane is AUD {Whole(eks)} a month by itself, AKS' with a promise AUD {Whole(aks)} (free without), NAT gateways in both clouds AUD {Whole(nat)} before the first byte. One t4g.medium on spot, without a disk, is AUD {Whole(spot)}. So AUD 24 buys one machine and a half, without control planes, NAT, load balancers, disks or the other region. The cheapest honest shape with two regions is K3s of one's own, above; it is honest about what it no longer keeps.

            """);
    }

    private static void Assumptions(StringBuilder page, CostModel model) => page.Append(CultureInfo.InvariantCulture, $"""

        ## Load
        {model.Assumptions.GetProperty("why").GetString()} {model.Assumptions.GetProperty("guesses").GetString()}

        ## Guard rails
        `aws_budgets_budget` and `azurerm_consumption_budget_resource_group` tell at 50, 80 and 100 % and by forecast; Karpenter's pools have CPU limits, AKS' spot pool a highest number and price; `infra/cost/infracost-policy.rego` refuses a pull request that makes things more than 10 % dearer without a reason in its description and the label `cost-accepted`; Kubecost's and Prometheus' own rules are in docs/operations.md and k8s/.

        """);

    private static void Lines(StringBuilder page, CostModel model, Shape shape)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {shape.Title}\n| | price | idle: quantity | AUD/month | 1,000 stations: quantity | AUD/month |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var line in shape.Lines)
        {
            var price = model.Prices.All[line.Price];
            var unit = price.Usd is { } usd ? $"{usd.ToString(CultureInfo.InvariantCulture)} USD/{price.Unit}" : "not public, not counted";
            page.Append(CultureInfo.InvariantCulture, $"| {line.What} | `{line.Price}` {unit} | {Amount(line.Quantity(0))} | {Cents(model.Prices.MonthlyAud(line.Price, line.Quantity(0)))} | {Amount(line.Quantity(1000))} | {Cents(model.Prices.MonthlyAud(line.Price, line.Quantity(1000)))} |\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"| **all** | | | **{Cents(model.MonthlyAud(shape, 0))}** | | **{Cents(model.MonthlyAud(shape, 1000))}** |\n");
    }

    private static void Sources(StringBuilder page, CostModel model)
    {
        var rate = model.Prices.UsdToAud;
        page.Append(CultureInfo.InvariantCulture, $"""

            ## Where the prices are from
            Providers' own price pages can't be read by a build: these are second-hand, each with its source. A month has {model.Prices.HoursPerMonth} h. 1 USD = {rate.Value} AUD ({rate.Source}, {rate.Date}). "eastus" and "us-east-1" say that no Australian price was found. Where both are known (t4g.large, gp3, S3, NAT gateway) Sydney is 9 to 31 % dearer than us-east-1: expect the like.

            | key | price | what | for | as of | source |
            | --- | --- | --- | --- | --- | --- |

            """);
        foreach (var (key, price) in model.Prices.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{key}` | {(price.Usd is { } usd ? usd.ToString(CultureInfo.InvariantCulture) + " USD/" + price.Unit : "none")} | {price.What} | {price.Scope} | {price.Date} | {price.Source} |\n");
        }
    }

    private static string Whole(decimal value) => value.ToString("#,##0", CultureInfo.InvariantCulture);

    private static string Cents(decimal value) => value.ToString("#,##0.00", CultureInfo.InvariantCulture);

    private static string Amount(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
