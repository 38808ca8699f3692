using OutbackUptime.EdgeGateway.Footprint;

namespace OutbackUptime.EdgeGateway.Tests.Footprint;

public sealed class UnchangedPagesTests
{
    private const string Code = "55f517144000-55f517951000 r-xp 00021000 fe:00 1180262                    /opt/outback/OutbackUptime.EdgeGateway";

    [Fact]
    public void In_OfCodeThatNobodyChanged_IsAllOfIt() =>
        Assert.Equal([new UnchangedPages(unchecked((nint)0x55f517144000), 0x80d000)], In(Code, anonymousKilobytes: 0));

    [Theory]
    [InlineData("55f517144000-55f517951000 rw-p 00021000 fe:00 1180262                    /opt/outback/OutbackUptime.EdgeGateway")]
    [InlineData("7f72eb54b000-7f72eb63c000 r--p 00000000 00:00 0 ")]
    [InlineData("7f72eb54b000-7f72eb63c000 r-xp 00000000 00:00 0                          [vdso]")]
    [InlineData("7f72eb54b000-7f72eb63c000 r--s 00000000 fe:00 99                         /var/lib/outback/journal.db-shm")]
    [InlineData("7f72eb54b000-7f72eb63c000 ---p 00000000 fe:00 99                         /lib/libc.so.6")]
    public void In_OfWhatCanBeWrittenOrIsNoFilesOrIsShared_IsNone(string mapping) => Assert.Empty(In(mapping, anonymousKilobytes: 0));

    [Fact]
    public void In_OfPagesThatWereChangedWhenLoaded_IsNone() => Assert.Empty(In(Code, anonymousKilobytes: 392));

    [Fact]
    public void In_OfSeveral_IsThoseThatMayGo()
    {
        string[] smaps = [.. Lines("7f72e8622000-7f72e8684000 r--p 00422000 fe:00 77 /lib/libcrypto.so.3", 392), .. Lines(Code, 0), .. Lines("55f517951000-55f518000000 rw-p 00 00:00 0", 4)];

        Assert.Equal(0x55f517144000, Assert.Single(UnchangedPages.In(smaps)).Start);
    }

    private static List<UnchangedPages> In(string mapping, int anonymousKilobytes) => [.. UnchangedPages.In(Lines(mapping, anonymousKilobytes))];

    // As proc_pid_smaps(5) has them.
    private static string[] Lines(string mapping, int anonymousKilobytes) =>
    [
        mapping, "Size:               8244 kB", "Rss:                7116 kB", "Private_Dirty:         0 kB", $"Anonymous:      {anonymousKilobytes,8} kB", "AnonHugePages:         0 kB", "VmFlags: rd ex mr mw me",
    ];
}
