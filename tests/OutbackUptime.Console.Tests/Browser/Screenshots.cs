using Microsoft.Playwright;

namespace OutbackUptime.Console.Tests.Browser;

/// <summary>Pictures for docs/screenshots, where OUTBACK_SCREENSHOTS names the folder.</summary>
internal static class Screenshots
{
    private static readonly string? s_folder = Environment.GetEnvironmentVariable("OUTBACK_SCREENSHOTS");

    public static async Task TakeAsync(IPage page, string name, bool whole = false)
    {
        if (s_folder is { Length: > 0 })
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(s_folder, $"{name}.png"), FullPage = whole, Animations = ScreenshotAnimations.Disabled });
        }
    }

    /// <summary>The page as it is: desktop, phone, dark.</summary>
    public static async Task AllAsync(IBrowser browser, IPage page, string session, string url)
    {
        if (s_folder is not { Length: > 0 })
        {
            return;
        }

        await TakeAsync(page, "desktop", whole: true);
        foreach (var (name, width, height, scheme) in new[] { ("phone", 390, 844, ColorScheme.Light), ("phone-dark", 390, 844, ColorScheme.Dark), ("dark", 1440, 900, ColorScheme.Dark) })
        {
            await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
            {
                BaseURL = url,
                StorageState = session,
                ColorScheme = scheme,
                ViewportSize = new ViewportSize { Width = width, Height = height },
                DeviceScaleFactor = width < 500 ? 2 : 1,
                IsMobile = width < 500,
                TimezoneId = "Australia/Sydney",
            });
            var other = await context.NewPageAsync();
            await other.GotoAsync("/");
            await other.WaitForSelectorAsync("#link.good");
            await other.ClickAsync($"[data-pick={RunningDemo.QuietStation}]");
            await other.WaitForSelectorAsync("#ribbons [data-hub=bore-01] g");
            await other.WaitForSelectorAsync("#heat canvas");
            await TakeAsync(other, name, whole: name != "phone-dark");
        }
    }
}
