using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OutbackUptime.Grains.Alerting;
using OutbackUptime.Silo.Alerting;

namespace OutbackUptime.Silo.Tests.Alerting;

public sealed class AlertingExtensionsTests
{
    [Fact]
    public void AddAlerting_WithSettings_BindsContactsAndMakesASender()
    {
        using var provider = Build(("Alerting:Contacts:manager:Sms", "+61400000000"), ("Alerting:Sms:Url", "https://sms.example"), ("Alerting:QueueSize", "10"));

        Assert.IsType<NoticeSender>(provider.GetRequiredService<INoticeSender>());
        var options = provider.GetRequiredService<IOptions<AlertingOptions>>().Value;
        Assert.Equal(("+61400000000", 10), (options.Contacts["manager"].Sms, options.QueueSize));
    }

    [Theory]
    [InlineData("Alerting:QueueSize", "0", "QueueSize")]
    [InlineData("Alerting:Email:Port", "70000", "Port")]
    [InlineData("Alerting:Contacts:manager:Webhook", "ftp://hooks.example", "expected an absolute https URL")]
    public void AddAlerting_WithABadSetting_SaysWhich(string name, string value, string expected)
    {
        using var provider = Build((name, value));

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<AlertingOptions>>().Value);

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Build(params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build());
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<INoticeLedger, TestLedger>();
        services.AddAlerting();
        return services.BuildServiceProvider();
    }
}
