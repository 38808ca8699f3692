using CsCheck;
using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Tests.Boots;

public sealed class BootNumbersTests
{
    [Fact]
    public void Next_WhateverTheClock_RisesAboveHubsAndBelow2To53() =>
        Gen.Select(Gen.DateTimeOffset, Gen.Long[0, 4_000_000_000_000_000], Gen.Int).Sample((now, last, seed) =>
        {
            var boot = BootNumbers.Next(last, now, new Random(seed));

            Assert.True(boot > last);
            Assert.InRange(boot, PacketParser.MaxHubBoot + 1, 1L << 53);
        });

    [Fact]
    public void Next_WhenTheClockWasNeverSet_StartsAt2026() =>
        Assert.InRange(BootNumbers.Next(0, DateTimeOffset.UnixEpoch, new Random(1)), 1_767_225_600_000_000, 1_767_225_600_000_999);
}
