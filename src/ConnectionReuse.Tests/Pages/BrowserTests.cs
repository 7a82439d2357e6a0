using ConnectionReuse.Reporting.Pages;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Pages;

/// <summary>The page in a browser: skipped where there is none.</summary>
public sealed class BrowserTests(Chromium browser) : IClassFixture<Chromium>
{
    private static readonly string Everything = HtmlPage.Render(SamplePages.Everything());

    private static readonly string Newest = HtmlPage.Render(ResultFiles.Read(SamplePages.Newest));

    [Theory]
    [InlineData(390, false)]
    [LongTests.Row(390, true)]
    [LongTests.Row(880, false)]
    [InlineData(880, true)]
    [InlineData(1400, false)]
    [LongTests.Row(1400, true)]
    public async Task It_fits_every_window_and_the_browser_has_nothing_to_complain_of(int width, bool dark)
    {
        foreach (var html in (string[])[Everything, Newest])
        {
            var page = await browser.OpenAsync(html, width, dark);

            Assert.Empty(await Wider(page));
            Assert.Equal(dark ? "rgb(15, 19, 24)" : "rgb(251, 250, 248)", await page.TextAsync("getComputedStyle(document.body).backgroundColor"));
            foreach (var live in (string[])["bars", "phases", "calls", "dots", "links"])
            {
                Assert.True(await page.NumberAsync($"document.querySelectorAll('#{live} {(html == Everything ? "svg" : "*")}').length") > 0, live);
            }

            Assert.Empty(page.Problems);
        }
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1400)]
    public async Task Without_a_script_it_can_be_read(int width)
    {
        var page = await browser.OpenAsync(Everything, width, script: false);

        Assert.Empty(await Wider(page));
        Assert.Equal(SamplePages.Everything().Rows.Count, await page.NumberAsync("[...document.querySelectorAll('#rows tbody tr')].filter(line => line.offsetHeight).length"));
        Assert.Equal(5, await page.NumberAsync("[...document.querySelectorAll('.picture svg')].filter(one => one.getBoundingClientRect().width > 300).length"));
        Assert.Equal(0, await page.NumberAsync("[...document.querySelectorAll('select, input')].filter(one => one.offsetHeight).length"));
    }

    [Fact]
    public async Task It_prints_on_white_without_controls_and_within_the_page()
    {
        var page = await browser.OpenAsync(Everything, 794, dark: true);

        await page.PrintAsync();

        Assert.Empty(await Wider(page));
        Assert.Equal("rgb(255, 255, 255)", await page.TextAsync("getComputedStyle(document.body).backgroundColor"));
        Assert.Equal(0, await page.NumberAsync("[...document.querySelectorAll('select, input')].filter(one => one.offsetHeight).length"));
        Assert.Equal("visible", await page.TextAsync("getComputedStyle(document.querySelector('#all .scroll')).overflowY"));
    }

    [Fact]
    public async Task Another_target_is_chosen_with_the_keyboard_and_the_figures_follow()
    {
        var page = await browser.OpenAsync(Everything, 1000);
        var before = await page.TextAsync("document.getElementById('tiles').textContent");

        await page.PressAsync("Tab");
        Assert.Equal("target", await page.TextAsync("document.activeElement.id"));
        await page.PressAsync("ArrowDown");

        Assert.NotEqual(before, await page.TextAsync("document.getElementById('tiles').textContent"));
        var chosen = await page.TextAsync("document.getElementById('target').selectedOptions[0].textContent");
        Assert.StartsWith(chosen, await page.TextAsync("document.querySelector('#cost .note').textContent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_arrow_keys_read_the_values_of_a_drawing_and_the_pointer_does()
    {
        var page = await browser.OpenAsync(Everything, 1000);
        await page.EvaluateAsync("document.getElementById('bars').focus()");

        await page.PressAsync("ArrowRight");
        Assert.Matches(@"^fresh: 1\.\d+ ms a call, 95% interval", await page.TextAsync("document.getElementById('tip').textContent"));
        await page.PressAsync("ArrowRight");
        Assert.StartsWith("fresh-full: ", await page.TextAsync("document.getElementById('tip').textContent"), StringComparison.Ordinal);
        await page.PressAsync("Escape");
        Assert.Equal("true", await page.TextAsync("document.getElementById('tip').hidden"));

        await page.EvaluateAsync("document.querySelector('#phases [data-t]').scrollIntoView({ block: 'center', behavior: 'instant' })");
        var at = (await page.EvaluateAsync("(box => [box.x + box.width / 2, box.y + box.height / 2])(document.querySelector('#phases [data-t]').getBoundingClientRect())"))!.AsArray();
        await page.PointAsync(at[0]!.GetValue<double>(), at[1]!.GetValue<double>());
        Assert.StartsWith("fresh, DNS: 0.11 ms, ", await page.TextAsync("document.getElementById('tip').textContent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_rows_are_filtered_and_sorted_with_the_keyboard()
    {
        var page = await browser.OpenAsync(Everything, 1000);
        const string Shown = "[...document.querySelectorAll('#rows tbody tr')].filter(line => !line.hidden).map(line => line.cells[0].querySelector('span').textContent).join()";

        await page.EvaluateAsync("document.getElementById('words').focus()");
        await page.TypeAsync("kestrel-https losing");
        Assert.Equal("", await page.TextAsync(Shown));
        await page.EvaluateAsync("document.getElementById('words').value = ''");
        await page.TypeAsync("reuse lose kestrel-http");
        Assert.Equal("shared,connection-close,http-1.0", await page.TextAsync(Shown));
        Assert.StartsWith("3 of ", await page.TextAsync("document.getElementById('count').textContent"), StringComparison.Ordinal);

        await page.EvaluateAsync("document.querySelectorAll('#rows thead button')[2].focus()");
        await page.PressAsync("Enter");
        await page.PressAsync("Enter");
        Assert.Equal("descending", await page.TextAsync("document.querySelectorAll('#rows thead th')[2].getAttribute('aria-sort')"));
        Assert.Equal("connection-close,shared,http-1.0", await page.TextAsync(Shown));
    }

    [Fact]
    [Fault("markup in the texts of a result, in report.html in a browser", "it is shown, not run")]
    public async Task What_looks_like_markup_is_shown_and_not_run()
    {
        var page = await browser.OpenAsync(HtmlPage.Render(SamplePages.OfHostileTexts()), 880);

        Assert.Equal("undefined", await page.TextAsync("typeof window.obeyed"));
        Assert.Equal(2, await page.NumberAsync("document.scripts.length"));
        Assert.Equal(0, await page.NumberAsync("document.images.length"));
        Assert.Contains(PlainText.OneLine(SamplePages.Hostile), await page.TextAsync("document.getElementById('rows').textContent"), StringComparison.Ordinal);
        Assert.Contains(PlainText.OneLine(SamplePages.Hostile), await page.TextAsync("document.getElementById('bars').textContent"), StringComparison.Ordinal);
        Assert.Empty(await Wider(page));
        Assert.Empty(page.Problems);
    }

    [Theory]
    [InlineData(390)]
    [LongTests.Row(880)]
    public async Task Axe_finds_no_violation_in_either_light(int width)
    {
        Assert.SkipWhen(Chromium.Program is null, "no browser here: apt-get install chromium");
        var axe = await AxeCore.ScriptAsync();
        foreach (var (file, dark) in from file in (string[])[Everything, Newest] from dark in (bool[])[false, true] select (file, dark))
        {
            var page = await browser.OpenAsync(file, width, dark);
            await page.EvaluateAsync(axe);

            var found = await page.TextAsync("axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html).slice(0, 3).join(' ')}`).join('\\n'))");

            Assert.Equal("", found);
        }
    }

    [Fact]
    public async Task Pictures_of_the_newest_published_page_are_taken_when_they_are_asked_for()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("UPDATE_PICTURES") == "1", "UPDATE_PICTURES=1 takes pictures of the newest published page");
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(SamplePages.Newest)!, "pictures"));
        foreach (var (name, width, dark) in ((string, int, bool)[])[("page-light", 1200, false), ("page-dark", 1200, true), ("page-narrow", 390, false)])
        {
            var page = await browser.OpenAsync(Newest, width, dark);
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, $"{name}.png"), await page.PictureAsync(), TestContext.Current.CancellationToken);
        }
    }

    // What makes the page wider than its window, by its tag and id.
    private static async Task<string> Wider(BrowserPage page) => await page.TextAsync(
        """
        document.documentElement.scrollWidth <= document.documentElement.clientWidth ? '' :
          document.documentElement.scrollWidth + ': ' + [...document.querySelectorAll('body *')].filter(one => !one.closest('.scroll') && one.getBoundingClientRect().right > document.documentElement.clientWidth + .5)
            .map(one => one.tagName + '#' + one.id).slice(0, 8).join()
        """);
}
