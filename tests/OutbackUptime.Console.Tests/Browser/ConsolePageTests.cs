using System.Text;
using System.Text.Json;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OutbackUptime.Silo.Tests.Alerting;
using OutbackUptime.Testing;

namespace OutbackUptime.Console.Tests.Browser;

/// <summary>The console in a real browser on the running demo: live values, a dry tank, a region's death and return, a hub that falls silent, a packet out of quarantine.</summary>
[Trait("Suite", "Slow")]
public sealed class ConsolePageTests : IAsyncLifetime
{
    private const float Minutes = 60_000;
    private WebhookReceiver _phone = null!;
    private RunningDemo _demo = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        if (ChromiumFactAttribute.Path is null)
        {
            return;
        }

        _phone = await WebhookReceiver.StartAsync();
        _demo = await RunningDemo.StartAsync(_phone.Url, Encoding.UTF8.GetString(WebhookReceiver.Secret));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = ChromiumFactAttribute.Path, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_demo is not null)
        {
            await _demo.DisposeAsync();
            await _phone.DisposeAsync();
        }
    }

    [ChromiumFact]
    public async Task Console_ShowsLifeTakeoverGiveBackAndTheSilentHub()
    {
        var url = _demo.System.SiloUrl("mel-1");
        await using var context = await _browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = url, ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, TimezoneId = "Australia/Sydney" });
        List<string> faults = [];
        await NothingWithoutSignInAsync(context);
        var page = await context.NewPageAsync();
        page.PageError += (_, e) => faults.Add(e);
        page.Console += (_, m) => { if (m.Type == "error" && m.Text.Contains("Content Security", StringComparison.OrdinalIgnoreCase)) { faults.Add(m.Text); } };
        page.Request += (_, r) => { if (!r.Url.StartsWith(url, StringComparison.Ordinal)) { faults.Add($"outside request: {r.Url}"); } };
        await SignInAsync(page);
        await LiveValuesChangeAsync(page);
        await _demo.SilenceAsync();
        var dry = await DryTankIsToldAndLookedAfterAsync(page);

        var killedAt = await _demo.Drill.KillRegionAsync("syd");
        await SeesAsync(page, "[data-region=syd].down", 1);
        await SeesAsync(page, "#moves .takeover[data-station=mulga-downs][data-to=mel]", 2);
        await SeesAsync(page, "tr[data-station=mulga-downs] td[data-owner=mel]", 1);
        await _demo.Drill.TakeoverAsync("syd", killedAt);
        Assert.Contains("Region syd is down", await page.InnerTextAsync("#banner"), StringComparison.Ordinal);
        await Screenshots.TakeAsync(page, "region-lost");

        await _demo.Drill.StartRegionAsync("syd");
        await SeesAsync(page, "#moves .giveback[data-station=mulga-downs][data-to=syd]", 3);
        await SeesAsync(page, "[data-region=syd].up", 1);
        await SeesAsync(page, "tr[data-station=mulga-downs] td[data-owner=syd]", 1);

        await page.ClickAsync($"[data-pick={RunningDemo.QuietStation}]");
        await SeesAsync(page, $"#ribbons [data-hub={RunningDemo.QuietHub}] g.v-hub-down", 5);
        Assert.Equal(0, await page.Locator($"#ribbons [data-hub=bore-01] g.v-hub-down").CountAsync());
        await SeesAsync(page, $"#hubs tr.silent[data-hub={RunningDemo.QuietHub}]", 1);

        // Another region's watch took the station over and gave it back: nobody was told twice, and who looks after it is still known.
        Assert.Single(_phone.Requests, r => Is(r.Body, "opened", dry));
        await SeesAsync(page, $"#alerts .alert.acknowledged[data-alert='{dry}']", 1);
        await ReplaysAsync(page);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await IsAccessibleAsync(page, scheme);
        }

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await Screenshots.AllAsync(_browser, page, await context.StorageStateAsync(), url);
        Assert.Empty(faults);
    }

    // From a hub's publish to a signed webhook and the page; an operator says that he looks after it.
    private async Task<string> DryTankIsToldAndLookedAfterAsync(IPage page)
    {
        await _demo.TellDryTankAsync();
        var card = page.Locator($"#alerts .alert.critical.open[data-hub={RunningDemo.DryHub}]").First;
        await card.WaitForAsync(new LocatorWaitForOptions { Timeout = 3 * Minutes });
        var id = await card.GetAttributeAsync("data-alert") ?? "";
        await Eventually.TrueAsync(() => _phone.Requests.Any(r => Is(r.Body, "opened", id)), TimeSpan.FromMinutes(1), () => $"The manager was not told of {id}, but: {string.Join(", ", _phone.Requests.Select(r => r.Body))}");
        Assert.All(_phone.Requests, r => Assert.True(r.Signed));
        await card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Acknowledge" }).ClickAsync();
        await SeesAsync(page, $"#alerts .alert.acknowledged[data-alert='{id}']", 2);
        return id;
    }

    private static async Task ReplaysAsync(IPage page)
    {
        await page.Locator("#quarantine .card", new PageLocatorOptions { HasText = $"{RunningDemo.DryStation} · {RunningDemo.DryHub}" })
            .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Correct and replay" }).ClickAsync(new LocatorClickOptions { Timeout = Minutes });
        await page.FillAsync("#replay-payload", """{"boot":9,"seq":1,"metrics":{"tank_level_pct":55.5}}""");
        await page.FillAsync("#replay-note", "seen at the tank");
        await page.ClickAsync("#dialog button[type=submit]");
        await page.WaitForFunctionAsync("() => /committed in (syd and mel|mel and syd)/.test(document.body.innerText)", null, new PageWaitForFunctionOptions { Timeout = Minutes });
    }

    // WCAG 2.2 A and AA, by axe-core. Its script is given to the page past the page's own content policy.
    private static async Task IsAccessibleAsync(IPage page, ColorScheme scheme)
    {
        var result = await page.RunAxe(new Deque.AxeCore.Commons.AxeRunOptions
        {
            RunOnly = new Deque.AxeCore.Commons.RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        });
        Assert.True(
            result.Violations.Length == 0,
            $"{scheme}: " + string.Join("\n", result.Violations.Select(v => $"{v.Id} ({v.Impact}): {v.Help}\n  {string.Join("\n  ", v.Nodes.Take(4).Select(n => n.Html))}")));
        Assert.NotEmpty(result.Passes);
    }

    private static bool Is(string body, string kind, string alert)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("kind").GetString() == kind
            && json.RootElement.TryGetProperty("alert", out var about) && about.GetProperty("id").GetString() == alert;
    }

    private static async Task NothingWithoutSignInAsync(IBrowserContext context)
    {
        foreach (var path in new[] { "/status", "/metrics-none", "/dashboard/", "/live/coolibah", "/api/v1/overview", "/api/v1/live", "/openapi/v1.json", "/console/app.js" })
        {
            var answer = await context.APIRequest.GetAsync(path);
            Assert.Equal((path, 401), (path, answer.Status));
        }
    }

    private async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/");
        Assert.Contains("/signin", page.Url, StringComparison.Ordinal);
        await page.FillAsync("#token", "a wrong token that is long enough to be one");
        await page.PressAsync("#token", "Enter");
        await page.WaitForSelectorAsync("[role=alert]");
        await Screenshots.TakeAsync(page, "sign-in");
        await page.FillAsync("#token", _demo.System.OperatorToken);
        await page.PressAsync("#token", "Enter");
        await page.WaitForSelectorAsync("#link.good", new PageWaitForSelectorOptions { Timeout = Minutes });
    }

    // Not by polling of ours: the page itself changes a cell.
    private static async Task LiveValuesChangeAsync(IPage page)
    {
        await page.ClickAsync("[data-pick=mulga-downs]");
        var cell = page.Locator("#hubs tr[data-hub=bore-01] td[data-metric=temperature_c]");
        await cell.WaitForAsync(new LocatorWaitForOptions { Timeout = Minutes });
        await page.WaitForFunctionAsync("() => document.querySelector('#hubs tr[data-hub=bore-01] td[data-metric=temperature_c]').textContent !== ''", null, new PageWaitForFunctionOptions { Timeout = Minutes });
        var before = await page.InnerTextAsync("#hubs tr[data-hub=bore-01]");
        await page.WaitForFunctionAsync(
            "before => document.querySelector('#hubs tr[data-hub=bore-01]').innerText !== before && /now|s ago/.test(document.querySelector('#hubs tr[data-hub=bore-01] .at').textContent)",
            before, new PageWaitForFunctionOptions { Timeout = Minutes });
    }

    private static async Task SeesAsync(IPage page, string selector, float minutes) =>
        await page.WaitForSelectorAsync(selector, new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached, Timeout = minutes * Minutes });
}
