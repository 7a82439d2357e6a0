using System.Text.Json;
using ConnectionReuse.Bench.Watch;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Watch;

public sealed class WatchTextTests
{
    private readonly Story _story = new();

    [Fact]
    public void The_summary_has_counts_verdicts_and_what_to_know()
    {
        for (var each = 0; each < 3; each++)
        {
            _story.Close(_story.CallOnNew(Story.Api));
        }

        _story.Call(Story.Other, 99);
        _story.Call(Story.Other, 99);
        _story.Fail(_story.Start(Story.Other));
        _story.Close(98);

        Golden.Holds("watch.txt", WatchText.Summary(Report(lost: 1200)));
    }

    [Fact]
    public async Task The_report_follows_its_schema()
    {
        for (var each = 0; each < 3; each++)
        {
            _story.Close(_story.CallOnNew(Story.Api));
        }

        _story.Fail(_story.Start(Story.Other));

        Assert.Empty((await SchemaTests.SchemaAsync("schema-watch.json")).Validate(JsonSerializer.Serialize(Report(lost: 3), WatchJson.Default.WatchReport)));
    }

    [Fact]
    public void Nothing_at_all_has_no_table() => Assert.Equal("- app (42), .NET 10.0.1, watched for 2.5 s, until the application ended\n", WatchText.Summary(Report()));

    [Fact]
    public void The_live_view_shows_as_many_hosts_as_a_terminal_holds()
    {
        for (var host = 0; host < 15; host++)
        {
            _story.CallOnNew(new Origin("http", $"host{host}.example", 80));
        }

        var shown = WatchText.Live(_story.Counts, TimeSpan.FromSeconds(3));

        Assert.StartsWith("3 s: 15 requests, 15 connections opened, 0 closed\n", shown, StringComparison.Ordinal);
        Assert.Equal(12, shown.Split('\n').Count(line => line.Contains(".example", StringComparison.Ordinal)));
        Assert.EndsWith("and 3 more\n", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_cannot_write_over_the_terminal()
    {
        _story.CallOnNew(new Origin("http", "evil\u001b[2Jhost", 80));

        Assert.DoesNotContain('\u001b', WatchText.Summary(Report()));
    }

    private WatchReport Report(int lost = 0) => new()
    {
        Application = "app",
        ProcessId = 42,
        Runtime = "10.0.1",
        StartedAt = DateTimeOffset.UnixEpoch,
        Seconds = 2.5,
        EndedBy = WatchEnd.Application,
        EventsLost = lost,
        Counts = _story.Counts,
    };
}
