using ConnectionReuse.Links;
using ConnectionReuse.Reporting.Model;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

public sealed class LimitModelTests
{
    [Theory]
    [InlineData(null, false, "1.1", 1)]
    [InlineData("1.3", false, "1.1", 2)]
    [InlineData("1.3", true, "1.1", 2)]
    [InlineData("1.2", true, "1.1", 2)]
    [InlineData("1.2", false, "1.1", 3)]
    [InlineData("1.3", false, "2.0", 2)]
    [InlineData("1.3", false, "3.0", 1)]
    [InlineData("1.2", false, null, 3)]
    public void A_fresh_connection_costs_the_round_trips_of_its_protocols(string? tls, bool resumed, string? http, int k) =>
        Assert.Equal(k, RoundTrips.Extra(tls, resumed, http));

    [Fact]
    public void A_round_trip_that_was_measured_is_taken_as_it_is()
    {
        var figures = LimitModel.Of(0.065, 0.021, k: 2, roundTripSeconds: 0.020);
        Assert.Equal((0.020, 0.001), (figures.RttSeconds, Math.Round(figures.ServiceSeconds, 9)));
        Assert.False(figures.CpuBound);
    }

    [Fact]
    public void An_unknown_TLS_protocol_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RoundTrips.Extra("Tls13", resumed: false, "1.1"));

    [Theory]
    [InlineData(1_400, 153, 51, 0)]
    [InlineData(15_510, 153, 51, 0)] // most of it up: one way it fitted the window
    [InlineData(15_481, 203, 51, 1)]
    [InlineData(65_745, 253, 51, 2)]
    [InlineData(1_030_919, 454, 54, 6)]
    [InlineData(1_400, 253, 51, 0)] // something else was slow
    [InlineData(65_745, 120, 51, 0)]
    public void Over_a_link_slow_start_is_what_the_bytes_allow_and_the_time_shows(long bytes, double freshMs, double sharedMs, int slowStart)
    {
        var link = new RowParameters { Link = new ResultLink { RttMilliseconds = 50, ServerTimeMilliseconds = 0 } };
        var run = SampleRuns.Run(
            SampleRuns.Row(TargetIds.KestrelHttps, "fresh", freshMs) with { Parameters = link, TlsProtocol = "1.3", Counts = new Counts { Requests = 1, WireBytes = bytes } },
            SampleRuns.Row(TargetIds.KestrelHttps, "shared", sharedMs) with { Parameters = link, TlsProtocol = "1.3" });

        var model = RatioModels.Of(Assert.Single(run.Ratios), run.Rows, LinkModel.SlowStartRoundTrips).Model!;

        Assert.Equal((2 + slowStart, slowStart, 3 + slowStart), (model.ExtraRoundTrips, model.SlowStartRoundTrips, model.Limit));
    }

    [Theory]
    [InlineData("1.3", null, true)]
    [InlineData("1.2", 0, true)]
    [InlineData("1.2", null, false)]
    public void A_handshake_of_unknown_kind_has_no_model_where_resuming_saves_a_round_trip(string tls, int? full, bool modelled)
    {
        var fresh = SampleRuns.Row(TargetIds.Real, "fresh", 61) with { TlsProtocol = tls, Counts = new Counts { Requests = 100, FullHandshakes = full, ResumedHandshakes = 100 - full } };
        var run = SampleRuns.Run(fresh, SampleRuns.Row(TargetIds.Real, "shared", 21, noise: 0.5));

        Assert.Equal(modelled, RatioModels.Of(Assert.Single(run.Ratios), run.Rows, LinkModel.SlowStartRoundTrips).Model is not null);
    }

    // The published totals; 124.5 ms and 29.5 ms are what they were found to mean.
    [Fact]
    public void The_documented_session_is_solved_with_its_connect()
    {
        var figures = SolvedSession.Figures;
        Assert.Equal(0.1245, figures.RttSeconds, 4);
        Assert.Equal(0.0295, figures.ServiceSeconds, 4);
        Assert.Equal(4, figures.Limit);
        Assert.Equal(3.43, figures.Ratio, 2);
        Assert.Equal(SolvedSession.FreshSeconds - SolvedSession.SharedSeconds, Saved(figures, 100), 9);
    }

    [Fact]
    public void A_network_gives_its_round_trip_and_how_near_the_ratio_comes()
    {
        var figures = LimitModel.Of(0.160, 0.060, k: 2);
        Assert.Equal((0.050, 0.010), (figures.RttSeconds, figures.ServiceSeconds), Near);
        Assert.Equal(1 + 2 * figures.RttSeconds / (figures.RttSeconds + figures.ServiceSeconds), figures.Ratio, 12);
        Assert.Equal(figures.Ratio / 3, figures.Closeness!.Value, 12);
        Assert.False(figures.CpuBound);
    }

    [Fact]
    public void The_one_connection_of_reuse_is_paid_for_once()
    {
        var figures = LimitModel.Of(0.160, 0.060, k: 2);
        Assert.Equal([2, 10, 100, 1_000, 1_000_000], figures.Savings.Select(saving => saving.Calls));
        Assert.Equal(0.1, Saved(figures, 2), 12);
        Assert.Equal(0.9, Saved(figures, 10), 12);
        Assert.Equal(99_999.9, Saved(figures, 1_000_000), 6);
    }

    [Fact]
    public void Above_the_limit_and_on_loopback_CPU_decides_and_nothing_is_near_a_limit()
    {
        var above = LimitModel.Of(0.0019, 0.00015, k: 2);
        var loopback = LimitModel.Of(0.0003, 0.0002, k: 1, loopback: true);
        Assert.All([above, loopback], figures => Assert.True(figures is { CpuBound: true, Closeness: null }));
        Assert.Equal(0, above.ServiceSeconds);
    }

    [Fact]
    public void A_fresh_call_that_is_not_slower_shows_no_round_trip()
    {
        var figures = LimitModel.Of(0.010, 0.012, k: 1);
        Assert.Equal((0, 0.012), (figures.RttSeconds, figures.ServiceSeconds));
        Assert.True(Saved(figures, 2) < 0);
    }

    [Fact]
    public void The_ratio_of_the_rounds_stands_with_its_interval()
    {
        var figures = LimitModel.Of(0.160, 0.060, k: 2, ratio: new Interval(2.7, 2.6, 2.8, 0.95));
        Assert.Equal((2.7, 2.6, 2.8), (figures.Ratio, figures.RatioLow, figures.RatioHigh));
        Assert.Equal(0.9, figures.Closeness!.Value, 12);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public void What_is_not_positive_has_no_model(double fresh, double shared, int k) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LimitModel.Of(fresh, shared, k));

    private static double Saved(ModelFigures figures, long calls) =>
        Assert.Single(figures.Savings, saving => saving.Calls == calls).Seconds;

    private static bool Near((double, double) one, (double, double) other) =>
        Math.Abs(one.Item1 - other.Item1) < 1e-12 && Math.Abs(one.Item2 - other.Item2) < 1e-12;
}
