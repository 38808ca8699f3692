using Microsoft.Extensions.DependencyInjection.Extensions;
using OutbackUptime.Grains.Alerting;

namespace OutbackUptime.Silo.Alerting;

/// <summary>Adds the telling of people to a host.</summary>
internal static class AlertingExtensions
{
    /// <summary>Section `Alerting`, the channels and <see cref="INoticeSender"/>. The host gives an <see cref="INoticeLedger"/>.</summary>
    public static IServiceCollection AddAlerting(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AlertingOptions, AlertingOptionsValidator>().BindConfiguration("Alerting");
        services.AddSingleton<Microsoft.Extensions.Options.IValidateOptions<AlertingOptions>, AlertingOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AlertingInstruments>();
        services.AddSingleton<NoticeHttp>();
        services.AddSingleton<INoticeChannel, WebhookChannel>();
        services.AddSingleton<INoticeChannel, EmailChannel>();
        services.AddSingleton<INoticeChannel, SmsChannel>();

        // Two silos that retry in step would always meet: each has a seed of its own.
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<NoticeSender>(p, new Random(Environment.ProcessId ^ Environment.TickCount)));
        services.AddSingleton<INoticeSender>(p => p.GetRequiredService<NoticeSender>());
        services.AddHostedService(p => p.GetRequiredService<NoticeSender>());
        return services;
    }
}
