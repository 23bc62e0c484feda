using Microsoft.Playwright;

namespace TwoFactor.Sample.Web.Tests.Browser;

/// <summary>
/// Looks at a page on two screens, light and dark: takes a picture of each for people, and checks what a program can see. Faults are collected, so
/// that one walk finds all of them.
/// </summary>
public sealed class Look
{
    private static readonly (string Name, int Width, int Height, ColorScheme Colours)[] s_screens =
    [
        ("wide", 1280, 800, ColorScheme.Light), ("wide-dark", 1280, 800, ColorScheme.Dark),
        ("phone", 390, 844, ColorScheme.Light), ("phone-dark", 390, 844, ColorScheme.Dark),
    ];

    private readonly List<string> _faults = [];

    /// <summary>Ends a walk: fails with all faults.</summary>
    public void ShouldHaveFoundNothing() => Assert.That(_faults, Is.Empty, string.Join(Environment.NewLine, _faults));

    public async Task AtAsync(Visitor visitor, string name)
    {
        await Assertions.Expect(visitor.Heading).ToHaveCountAsync(1);
        // First: taking pictures adds styles of its own.
        var inline = await visitor.Page.EvaluateAsync<int>("document.querySelectorAll('[style], style, script:not([src])').length");
        if (inline > 0) _faults.Add($"{name} has inline style or script");
        foreach (var screen in s_screens)
        {
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = screen.Colours, ReducedMotion = ReducedMotion.Reduce });
            await visitor.Page.SetViewportSizeAsync(screen.Width, screen.Height);
            await visitor.ScreenshotAsync(Path.Combine("pages", $"{name}-{screen.Name}"));
            var widths = await visitor.Page.EvaluateAsync<int[]>("[document.documentElement.scrollWidth, document.documentElement.clientWidth]");
            if (widths[0] > widths[1]) _faults.Add($"{name}-{screen.Name} scrolls sideways: {widths[0]} > {widths[1]}");
            foreach (var violation in await AxeCore.FindAsync(visitor.Page)) _faults.Add($"{name}-{screen.Name} {violation}");
        }

        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await visitor.Page.SetViewportSizeAsync(1280, 900);
        var unnamed = await visitor.Page.EvaluateAsync<string[]>(
            "Array.from(document.querySelectorAll('input:not([type=hidden]), select, textarea')).filter(i => i.labels.length === 0).map(i => i.name)");
        _faults.AddRange(unnamed.Select(field => $"{name} has no label for {field}"));
    }
}
