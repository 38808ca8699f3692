using System.Globalization;
using System.Text.RegularExpressions;
using OutbackUptime.Infra.Tests.Terraform;

namespace OutbackUptime.Infra.Tests.Cost;

public sealed class CostTests
{
    private readonly CostModel _model = CostModel.Read();

    [Fact]
    public void Model_AgainstAllResourceBlocks_KnowsEachType()
    {
        var types = ResourceTypes.InSource(Repository.At("infra", "terraform"));

        Assert.Empty(_model.Unknown(types));
        Assert.True(types.Count > 60, $"only {types.Count} types were found");
    }

    /// <summary>With `OUTBACK_TERRAFORM_PLANS` naming a folder of plans or states (`hack/check-infra.sh` writes them), as the pipeline does.</summary>
    [Fact]
    public void Model_AgainstPlans_KnowsEachType()
    {
        var folder = Environment.GetEnvironmentVariable("OUTBACK_TERRAFORM_PLANS");
        var plans = folder is null ? [] : Directory.GetFiles(folder, "*.json");

        Assert.All(plans, plan => Assert.Empty(_model.Unknown(ResourceTypes.InPlan(File.ReadAllText(plan)))));
        Assert.False(folder is not null && plans.Length == 0, $"no plan in {folder}");
    }

    [Fact]
    public void Unknown_WhenAPlanMakesADatabase_NamesIt()
    {
        const string Plan = """
            {"resource_changes": [
              {"mode": "managed", "type": "aws_vpc", "change": {"actions": ["create"]}},
              {"mode": "managed", "type": "aws_db_instance", "change": {"actions": ["delete", "create"]}},
              {"mode": "managed", "type": "aws_elasticache_cluster", "change": {"actions": ["delete"]}},
              {"mode": "data", "type": "aws_ami", "change": {"actions": ["read"]}}]}
            """;

        Assert.Equal(["aws_db_instance"], _model.Unknown(ResourceTypes.InPlan(Plan)));
    }

    [Fact]
    public void Unknown_WhenAStateHasADatabaseInAModule_NamesIt()
    {
        const string State = """
            {"state_format_version": "1.0", "root_module": {
              "resources": [{"mode": "data", "type": "aws_ami"}],
              "child_modules": [{"resources": [{"mode": "managed", "type": "aws_vpc"}], "child_modules": [{"resources": [{"mode": "managed", "type": "aws_db_instance"}]}]}]}}
            """;

        Assert.Equal(["aws_db_instance"], _model.Unknown(ResourceTypes.InPlan(State)));
    }

    [Fact]
    public void Model_Types_AreAllMadeByTerraform()
    {
        var types = ResourceTypes.InSource(Repository.At("infra", "terraform"));

        Assert.Empty(_model.Billed.Keys.Concat(_model.Free.Keys).Except(types));
        Assert.Empty(_model.Billed.Keys.Intersect(_model.Free.Keys));
    }

    [Fact]
    public void Prices_All_HaveASourceADateAndARegion()
    {
        Assert.All(_model.Prices.All, price =>
        {
            Assert.False(string.IsNullOrWhiteSpace(price.Value.Source) || string.IsNullOrWhiteSpace(price.Value.Date) || string.IsNullOrWhiteSpace(price.Value.Scope), price.Key);
            Assert.Matches(@"^(read )?20\d\d(-\d\d){0,2}\b", price.Value.Date);
            // A price, or what is assumed in its place; never both, never nothing.
            Assert.True(price.Value.Usd is > 0 ^ price.Value.AssumedUsd is > 0, price.Key);
            Assert.True(_model.Prices.MonthlyAud(price.Key, 1) >= 0);
        });
        Assert.Empty(_model.Billed.Values.SelectMany(keys => keys).Except(_model.Prices.All.Keys));
    }

    [Fact]
    public void Prices_OfBilledResources_AreInTheManagedShapes()
    {
        var used = _model.Shapes.Where(shape => shape.Name.StartsWith("managed", StringComparison.Ordinal)).SelectMany(shape => shape.Lines).Select(line => line.Price).ToHashSet();

        Assert.Empty(_model.Billed.Values.SelectMany(keys => keys).Distinct().Except(used));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1.5)]
    [InlineData(500, 251)]
    [InlineData(501, 252.5)]
    public void Quantity_OfALineWithSteps_GrowsByStationAndByStep(int stations, double expected)
    {
        var line = new Line("x", 1, "", 0.5m, 500, 1);

        Assert.Equal((decimal)expected, line.Quantity(stations));
    }

    [Fact]
    public void MonthlyAud_OfAnHourlyPrice_IsHoursTimesRate() => Assert.Equal(0.10m * 730 * 1.5444m, _model.Prices.MonthlyAud("eks_cluster", 1));

    [Fact]
    public void Shapes_WithMoreStations_CostMoreAndLessForEach() => Assert.All(_model.Shapes, shape =>
    {
        Assert.True(_model.MonthlyAud(shape, 0) < _model.MonthlyAud(shape, 1000), shape.Name);
        Assert.True(_model.CentsAStation(shape, 1000) < _model.CentsAStation(shape, 10), shape.Name);
    });

    /// <summary>A budget below what the default shape costs would cry every month, one far above it never.</summary>
    [Theory]
    [InlineData("aws", "monthly_limit_usd", false)]
    [InlineData("azure", "monthly_limit", true)]
    public void Budget_AgainstTheManagedShape_IsAboveItByAtMostAHalf(string root, string variable, bool aud)
    {
        var prefixes = root == "aws" ? new[] { "eks", "ec2", "ebs", "aws", "s3", "ecr", "cloudwatch", "sqs" } : ["aks", "vm", "azure", "acr", "blob", "key"];
        var shape = _model.Shapes.Single(candidate => candidate.Name == "managed");
        var cost = shape.Lines.Where(line => prefixes.Contains(line.Price.Split('_')[0])).Sum(line => _model.Prices.MonthlyAud(line.Price, line.Quantity(100)));

        var declared = File.ReadAllText(Repository.At("infra", "terraform", root, "variables.tf"));
        var limit = decimal.Parse(Regex.Match(declared, $"variable \"{variable}\" \\{{[^}}]*?default\\s*=\\s*(\\d+)").Groups[1].Value, CultureInfo.InvariantCulture);

        Assert.InRange(aud ? limit : limit * _model.Prices.UsdToAud.Value, cost, cost * 1.5m);
    }

    /// <summary>The ceiling of the spot price is one number, here and there.</summary>
    [Fact]
    public void SpotPrice_OfTheModel_IsTheCeilingThatTerraformDeclares()
    {
        var declared = File.ReadAllText(Repository.At("infra", "terraform", "modules", "azure-cluster", "variables.tf"));

        Assert.Matches($"variable \"spot_max_price\" \\{{[^}}]*?default\\s*=\\s*{_model.Prices.All["vm_d2ps_v6_spot"].Usd!.Value.ToString(CultureInfo.InvariantCulture)}\\s", declared);
    }

    [Fact]
    public void Document_AgainstTheModel_IsWhatItYields()
    {
        var path = Repository.At("docs", "cost.md");
        var expected = CostDocument.Write(_model);
        if (Environment.GetEnvironmentVariable("OUTBACK_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }
}
