using System.Text;

namespace OutbackUptime.Demo.Hubs;

/// <summary>What broken firmware sends. Each payload holds a nonce, so that each can be told apart in quarantine.</summary>
internal static class BadPackets
{
    public static byte[] Make(Random random)
    {
        var nonce = random.NextInt64().ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
        return random.Next(7) switch
        {
            0 => Text("{\"seq\":12,\"metrics\":{\"battery_v\":12.6}" + nonce),
            1 => Text("{\"metrics\":{\"battery_v\":12.6},\"note\":\"" + nonce + "\"}"),
            2 => Text("{\"seq\":12,\"ts\":\"" + nonce + "\",\"metrics\":{\"battery_v\":12.6}}"),
            3 => Text("{\"seq\":12,\"metrics\":{\"battery_v\":1e999,\"n\":\"" + nonce + "\"}}"),
            4 => Text("{\"seq\":-1,\"metrics\":{\"Battery V\":\"" + nonce + "\"}}"),
            5 => Text("{\"seq\":12,\"seq\":13,\"metrics\":{\"a\":\"" + nonce + "\"}}"),
            _ => [0xff, 0xfe, 0x00, .. Encoding.ASCII.GetBytes(nonce)],
        };
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
