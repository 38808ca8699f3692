using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using OutbackUptime.Silo.Hosting;

namespace OutbackUptime.Console.Tests.Hosting;

/// <summary>What a silo maps, as its own composition says: an endpoint that is added later is not forgotten.</summary>
internal static class MappedEndpoints
{
    /// <summary>Method and a path that fits each route.</summary>
    public static IReadOnlyList<(string Method, string Path)> All()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration["Silo:Region"] = "syd";
        builder.Configuration["Silo:Name"] = "syd-1";
        builder.Configuration["Uplink:Plaintext"] = "true";
        builder.Configuration["Stores:Regions:syd:ConnectionString"] = "Host=127.0.0.1;Port=1";
        var app = SiloHost.Build(builder);
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => (m, PathOf(e.RoutePattern))))
            .Distinct().OrderBy(e => e.Item2, StringComparer.Ordinal)];
    }

    private static string PathOf(Microsoft.AspNetCore.Routing.Patterns.RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p =>
        p is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content
        : p is Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator ? separator.Content
        : p is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter ? parameter.Name switch { "epoch" => Guid.Empty.ToString(), "offset" => "1", "station" => ConsoleFixture.Station, "documentName" => "v1", _ => "1" }
        : ""))));
}
