using Microsoft.Extensions.Time.Testing;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Journal.Storage;
using OutbackUptime.Testing;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Storage;

/// <summary>A disk that is full, read-only or failing: nothing is acknowledged, nothing acknowledged is lost, and it goes on by itself.</summary>
public sealed class DiskTroubleTests : IAsyncLifetime
{
    private static readonly JournalOptions s_uncached = new() { CachedEntries = 0 };
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly JournalFixture _fixture = new();
    private RecordedDisk _disk = null!;

    private SqliteJournal Journal => _fixture.Journal;

    public async Task InitializeAsync()
    {
        _disk = new RecordedDisk(_fixture.Directory) { IsRecording = false };
        (_fixture.Storage, _fixture.Time) = (_disk.Storage, _time);
        await _fixture.OpenAsync(s_uncached);
    }

    public async Task DisposeAsync()
    {
        (_disk.Fault, _disk.ReadFault) = (null, null);
        await _fixture.DisposeAsync();
        _disk.Dispose();
    }

    [Theory]
    [InlineData(SqliteNative.Full, StorageTrouble.Full)]
    [InlineData(SqliteNative.ReadOnly, StorageTrouble.ReadOnly)]
    [InlineData(SqliteNative.IoErrWrite, StorageTrouble.Failing)]
    public async Task Append_WhileTheDiskTakesNoWrites_IsNotAcknowledged_AndGoesOnByItself(int error, StorageTrouble trouble)
    {
        await Journal.AppendAsync(JournalFixture.Packet(1));
        _disk.Fault = op => op.Kind == DiskOpKind.Write ? error : SqliteNative.Ok;

        Assert.False(await IsAcceptedAsync(2));
        Assert.False(await IsAcceptedAsync(3));

        Assert.Equal(trouble, Journal.Storage.Trouble);
        Assert.Equal(_time.GetUtcNow(), Journal.Storage.Since);
        Assert.Single(Journal.Read([new OffsetRange(1, 10)], 10, int.MaxValue));
        _disk.Fault = null;
        await RecoverAsync();
        Assert.True(await IsAcceptedAsync(2));
        await ReopenAsync();
        Assert.Equal([1, 2], Entries().Select(e => e.Seq));
    }

    [Fact]
    public async Task Append_WhenAnyStepFails_KeepsWhatWasAcknowledgedAndNothingElse()
    {
        var (seq, accepted) = (0, new List<long>());
        for (var step = 0; step < 24; step++)
        {
            foreach (var error in (int[])[SqliteNative.Full, SqliteNative.IoErrFsync, SqliteNative.IoErrWrite])
            {
                var left = step;
                // A write that has room for some of its bytes only.
                _disk.Part = op => op.Bytes!.Length / 3;
                _disk.Fault = _ => left-- > 0 ? SqliteNative.Ok : error;
                for (var i = 0; i < 3; i++)
                {
                    if (await IsAcceptedAsync(seq))
                    {
                        accepted.Add(seq);
                    }

                    seq++;
                }

                _disk.Fault = null;
                await RecoverAsync();
            }
        }

        Assert.InRange(accepted.Count, 24, seq - 24);
        await ReopenAsync();
        Assert.Equal(0, Journal.Salvages);
        Assert.Equal(accepted, Entries().Select(e => e.Seq));
    }

    [Fact]
    public async Task MarkCommitted_WhileTheDiskHasNoSpace_TrimsAndMakesRoom()
    {
        for (var seq = 0; seq < 50; seq++)
        {
            await Journal.AppendAsync(JournalFixture.Packet(seq));
        }

        // Nothing may grow but into the ballast, once it is let go; what is there may be overwritten.
        _disk.Fault = op => op.Kind == DiskOpKind.Write && File.Exists(Path.Combine(_fixture.Directory, "journal.ballast")) && op.Offset + op.Bytes!.Length > new FileInfo(Path.Combine(_fixture.Directory, op.File)).Length ? SqliteNative.Full : SqliteNative.Ok;
        Assert.False(await IsAcceptedAsync(100));
        Assert.Equal(StorageTrouble.Full, Journal.Storage.Trouble);

        foreach (var region in (string[])["syd", "mel"])
        {
            Journal.MarkCommitted(region, [new OffsetRange(1, 50)]);
        }

        await RecoverAsync();
        Assert.Equal(0, Journal.Depth);
        _disk.Fault = null;
        Assert.True(await IsAcceptedAsync(100));
    }

    [Fact]
    public async Task Read_WhenTheDiskGivesNoBytes_SalvagesAndGoesOn()
    {
        for (var seq = 0; seq < 400; seq++)
        {
            await Journal.AppendAsync(JournalFixture.Packet(seq));
        }

        await ReopenAsync();
        var left = 1;
        _disk.ReadFault = file => file == "journal.db" && left-- > 0 ? SqliteNative.IoErrRead : SqliteNative.Ok;

        Assert.Equal(Enumerable.Range(0, 400).Select(s => (long)s), Entries().Select(e => e.Seq));
        Assert.Equal(left < 0 ? 1 : 0, Journal.Salvages);
        Assert.Equal(0, Journal.Lost);
        Assert.True(await IsAcceptedAsync(1000));
    }

    private IReadOnlyList<JournalEntry> Entries() => Journal.Read([new OffsetRange(1, Journal.NextOffset - 1)], 10_000, int.MaxValue);

    private async Task<bool> IsAcceptedAsync(long seq)
    {
        try
        {
            return (await Journal.AppendAsync(JournalFixture.Packet(seq))).Status == AppendStatus.Accepted;
        }
        catch (JournalException)
        {
            return false;
        }
    }

    private async Task RecoverAsync() =>
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(31));
            return Journal.Storage.Trouble == StorageTrouble.None;
        });

    private async Task ReopenAsync()
    {
        await _fixture.CloseAsync();
        await _fixture.OpenAsync(s_uncached);
    }
}
