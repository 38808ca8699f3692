using Microsoft.Extensions.Options;

namespace OutbackUptime.EdgeGateway.Broker;

/// <summary>Registers the external broker.</summary>
internal static class BrokerServices
{
    /// <summary>Adds it from section `Broker`; returns the options, which also say whether the gateway's own door is wanted.</summary>
    public static BrokerOptions AddBroker(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BrokerOptions>().Bind(configuration.GetSection("Broker")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BrokerOptions>, BrokerOptionsValidator>();
        services.AddSingleton<IValidateOptions<BrokerOptions>, BrokerRules>();
        services.AddSingleton<BrokerInstruments>();
        var options = configuration.GetSection("Broker").Get<BrokerOptions>() ?? new BrokerOptions();
        if (options.Enabled)
        {
            services.AddHostedService<BrokerListener>();
        }

        return options;
    }
}
