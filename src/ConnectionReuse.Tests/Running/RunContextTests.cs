using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class RunContextTests
{
    [Fact]
    [Fault("a URL with a secret, and SIGKILL", "no file holds it")]
    public async Task The_file_holds_no_URL_and_the_processes_get_it_whole()
    {
        await using var folder = TemporaryFolder.Create("test");
        var context = new RunContext { RealUrls = [new Uri("https://user:secret@example.org/?token=hidden")], UserAgent = "somebody" };

        context.Save(folder.FullName);

        var text = File.ReadAllText(Path.Combine(folder.FullName, "run.json"));
        Assert.Contains("somebody", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", text, StringComparison.Ordinal);
        var loaded = RunContext.Load(folder.FullName, context.Urls());
        Assert.Equal(context.RealUrls.Select(url => url.OriginalString), loaded.RealUrls.Select(url => url.OriginalString));
        Assert.Equal("somebody", loaded.UserAgent);
    }

    [Fact]
    public void Outside_a_run_the_documented_site_is_the_target() =>
        Assert.Equal([RunContext.DefaultRealUrl], RunContext.Load(null, null).RealUrls);
}
