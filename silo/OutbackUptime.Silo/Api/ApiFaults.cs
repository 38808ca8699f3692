using Microsoft.AspNetCore.Http.HttpResults;
using OutbackUptime.ClickHouse.Querying;

namespace OutbackUptime.Silo.Api;

/// <summary>Turns expected faults of API calls into problem+json.</summary>
internal sealed class ApiFaults : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            return Problem(e.Message, e.Status);
        }
        catch (StoreUnreadableException e)
        {
            context.HttpContext.Response.Headers.RetryAfter = "5";
            return Problem($"No store can answer now ({e.Message}). Packets are not affected: gateways keep them. Try again.", StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return Problem($"The station's grain did not answer ({e.Message}). Try again; nothing is done twice.", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static ProblemHttpResult Problem(string detail, int status) => TypedResults.Problem(detail, statusCode: status);
}
