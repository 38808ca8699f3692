using System.Globalization;
using System.Text;
using System.Text.Json;
using OutbackUptime.EdgeGateway.Telemetry;

namespace OutbackUptime.EdgeGateway.Admin;

/// <summary>What the admin port says to a request.</summary>
internal static class AdminPages
{
    /// <summary>A whole HTTP/1.1 response to a request line such as <c>GET /status HTTP/1.1</c>.</summary>
    public static byte[] Answer(string requestLine, GatewayStatusReader status, MetricsPage metrics) => requestLine.Split(' ') switch
    {
        ["GET" or "HEAD", var target, "HTTP/1.1" or "HTTP/1.0"] => Page(target.Split('?')[0], requestLine[0] == 'H', status, metrics),
        [_, _, "HTTP/1.1" or "HTTP/1.0"] => Response("405 Method Not Allowed", "text/plain", "only GET is taken here\n"u8, false),
        _ => Response("400 Bad Request", "text/plain", "expected GET /status HTTP/1.1\n"u8, false),
    };

    private static byte[] Page(string path, bool headOnly, GatewayStatusReader status, MetricsPage metrics) => path switch
    {
        "/healthz/live" => Response("200 OK", "text/plain", "live\n"u8, headOnly),
        // Ready to take packets, whether or not a region can be reached: that is what the journal is for.
        "/healthz/ready" => Response("200 OK", "text/plain", "ready\n"u8, headOnly),
        "/status" => Response("200 OK", "application/json", JsonSerializer.SerializeToUtf8Bytes(status.Read(), AdminJsonContext.Default.GatewayStatusPage), headOnly),
        "/latency" => Response("200 OK", "application/json", JsonSerializer.SerializeToUtf8Bytes(status.ReadLatency(), AdminJsonContext.Default.LatencyPage), headOnly),
        "/metrics" => Response("200 OK", "text/plain; version=0.0.4", metrics.Read(), headOnly),
        _ => Response("404 Not Found", "text/plain", "there are /status, /latency, /metrics, /healthz/live and /healthz/ready\n"u8, headOnly),
    };

    private static byte[] Response(string code, string type, ReadOnlySpan<byte> body, bool headOnly)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {code}\r\nContent-Type: {type}; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
        return headOnly ? head : [.. head, .. body];
    }
}
