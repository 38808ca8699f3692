using System.Net;
using System.Text;
using OutbackUptime.ClickHouse.Credentials;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.ClickHouse.Tests.Credentials;

public sealed class PasswordFileHandlerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Recorder _recorder = new();
    private readonly string _path;
    private readonly HttpClient _client;

    public PasswordFileHandlerTests()
    {
        _path = Path.Combine(_folder.FullPath, "password");
        _client = new HttpClient(new PasswordFileHandler("silo", _path, _recorder));
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Send_WhenThePasswordWasRotated_SignsWithTheNewOne()
    {
        await File.WriteAllTextAsync(_path, "old\n");
        await SendAsync();
        await File.WriteAllTextAsync(_path, "näu:1");
        await SendAsync();

        Assert.Equal(["silo:old", "silo:näu:1"], _recorder.Signed);
    }

    [Fact]
    public async Task Send_WhileTheFileIsEmptyOrGone_KeepsTheLastPassword()
    {
        await File.WriteAllTextAsync(_path, "old");
        await SendAsync();
        await File.WriteAllTextAsync(_path, "");
        await SendAsync();
        File.Delete(_path);
        await SendAsync();

        Assert.Equal(["silo:old", "silo:old", "silo:old"], _recorder.Signed);
    }

    [Theory]
    [InlineData(null, "can't be read")]
    [InlineData("\n", "is empty")]
    public async Task Send_WhenThereNeverWasAPassword_SaysWhatTheFileMustHold(string? content, string expected)
    {
        if (content is not null)
        {
            await File.WriteAllTextAsync(_path, content);
        }

        var error = await Assert.ThrowsAsync<HttpRequestException>(SendAsync);

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
        Assert.Empty(_recorder.Signed);
    }

    [Fact]
    public async Task Send_WhenTheFileIsTooLong_ReadsNoneOfIt()
    {
        await File.WriteAllTextAsync(_path, new string('x', PasswordFileHandler.MaxBytes + 1));

        var error = await Assert.ThrowsAsync<HttpRequestException>(SendAsync);

        Assert.Contains($"{PasswordFileHandler.MaxBytes + 1} bytes", error.Message, StringComparison.Ordinal);
    }

    private async Task SendAsync() => (await _client.PostAsync(new Uri("http://store/"), null)).Dispose();

    private sealed class Recorder : HttpMessageHandler
    {
        public List<string> Signed { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Signed.Add(Encoding.UTF8.GetString(Convert.FromBase64String(request.Headers.Authorization!.Parameter!)));
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
