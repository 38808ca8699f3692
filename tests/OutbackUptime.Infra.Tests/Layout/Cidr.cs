using System.Globalization;
using System.Net;

namespace OutbackUptime.Infra.Tests.Layout;

/// <summary>An IPv4 range, written anew: Terraform's own check is what is tested.</summary>
internal sealed record Cidr(long First, long Last)
{
    public static Cidr Parse(string text)
    {
        var parts = text.Split('/');
        var bits = int.Parse(parts[1], CultureInfo.InvariantCulture);
        var size = 1L << (32 - bits);
        var address = IPAddress.Parse(parts[0]).GetAddressBytes().Aggregate(0L, (sum, octet) => (sum << 8) | octet);
        return address % size == 0 ? new Cidr(address, address + size - 1) : throw new FormatException($"{text} does not begin where its mask says");
    }

    public bool Overlaps(Cidr other) => First <= other.Last && other.First <= Last;
}
