namespace OutbackUptime.Silo.Ingest;

/// <summary>Lets nothing but the uplink's service be reached by the uplink's port.</summary>
internal sealed class UplinkPortFilter : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            if (context.Features.Get<UplinkConnection>() is null || context.Request.Path.StartsWithSegments("/outback.uplink.v1.Uplink"))
            {
                return rest(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        next(app);
    };
}
