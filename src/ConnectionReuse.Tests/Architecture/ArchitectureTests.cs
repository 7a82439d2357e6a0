using System.Reflection;
using Xunit;

namespace ConnectionReuse.Tests.Architecture;

/// <summary>
/// The map of the house: who may use whom, from the roof to the ground. An arrow that is not on the map fails, and so
/// does one that points up, so that there is no circle.
/// </summary>
public sealed class ArchitectureTests
{
    private static readonly Floor[] Projects =
    [
        new("ConnectionReuse.Bench", "ConnectionReuse.Measuring", "ConnectionReuse.Turns.BenchmarkDotNet", "ConnectionReuse.Reporting", "ConnectionReuse", "ConnectionReuse.Turns", "ConnectionReuse.Results"),
        new("ConnectionReuse.Measuring", "ConnectionReuse", "ConnectionReuse.Turns", "ConnectionReuse.Results"),
        new("ConnectionReuse.Turns.BenchmarkDotNet", "ConnectionReuse.Turns"),
        new("ConnectionReuse.BenchmarkDotNet"),
        new("ConnectionReuse.Reporting", "ConnectionReuse.Results"),
        new("ConnectionReuse", "ConnectionReuse.Abstractions", "ConnectionReuse.Turns", "ConnectionReuse.Results"),
        new("ConnectionReuse.Abstractions"),
        new("ConnectionReuse.Turns"),
        new("ConnectionReuse.Results"),
        new("ConnectionReuse.Testing"),
    ];

    private static readonly Dictionary<string, Floor[]> Namespaces = new()
    {
        ["ConnectionReuse.Bench"] =
        [
            new("Commands", "Checks", "Gate", "Publishing", "Serve", "Timeit", "Transcript", "Diagnose", "Watch", "Comparing", "Benchmarks", "Requests", "Screen", "Running"),
            new("Diagnose", "Running"),
            new("Checks", "Gate", "Comparing", "Benchmarks", "Running"),
            new("Gate", "Running"),
            new("Publishing", "Running"),
            new("Serve", "Running"),
            new("Timeit", "Requests", "Screen", "Running"),
            new("Transcript", "Running"),
            new("Watch", "Running"),
            new("Comparing", "Benchmarks", "Requests", "Screen", "Running"),
            new("Benchmarks", "Running"),
            new("Requests", "Running"),
            new("Screen", "Running"),
            new("Running"),
        ],
        ["ConnectionReuse"] =
        [
            new("Diagnosis", "Phases", "Clients", "Connections", "Targets"),
            new("OutOfPorts", "Servers", "Clients", "Connections", "Ports", "Targets"),
            new("Servers", "Connections", "Links", "Ports", "Processes", "Memory", "Targets"),
            new("Connections", "Memory", "Targets"),
            new("Links", "Ports"),
            new("Phases", "Clients"),
            new("Peers", "Processes"),
            new("Clients.Concurrency", "Clients", "Targets"),
            new("Clients.Guarded", "Clients", "Targets"),
            new("Clients.Lifetimes", "Clients", "Targets"),
            new("Clients.Losing", "Clients", "Targets"),
            new("Clients", "Targets"),
            new("Ports", "Processes"),
            new("Processes"),
            new("Memory"),
            new("Targets"),
        ],
        ["ConnectionReuse.Reporting"] =
        [
            new("Pages", "Reports", "Charts", "Tables", "Rows"),
            new("Reports", "Charts", "Gate", "Tables", "Model", "Rows", "Statistics"),
            new("Gate", "SideBySide", "Tables", "Rows", "Statistics"),
            new("SideBySide", "Tables", "Rows", "Statistics"),
            new("Charts", "Tables", "Model", "Rows", "Statistics"),
            new("Tables", "Model", "Rows", "Statistics"),
            new("Model", "Rows", "Statistics"),
            new("Rows", "Statistics"),
            new("Statistics"),
        ],
        ["ConnectionReuse.Measuring"] = [],
        ["ConnectionReuse.Turns.BenchmarkDotNet"] = [],
        ["ConnectionReuse.BenchmarkDotNet"] = [],
        ["ConnectionReuse.Abstractions"] = [],
        ["ConnectionReuse.Turns"] = [],
        ["ConnectionReuse.Results"] = [],
        ["ConnectionReuse.Testing"] = [],
    };

    public static TheoryData<string> ProjectNames =>
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "ConnectionReuse*.dll")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => !name.EndsWith(".Tests", StringComparison.Ordinal)),
    ];

    public static TheoryData<string> MappedProjects => [.. Namespaces.Keys];

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void A_project_uses_only_what_the_map_allows(string project)
    {
        var used = Assembly.Load(project).GetReferencedAssemblies().Select(name => name.Name!);
        Assert.Empty(Forbidden(Projects, used.Where(name => name.StartsWith("ConnectionReuse", StringComparison.Ordinal)).Select(name => (project, name))));
    }

    [Theory]
    [MemberData(nameof(MappedProjects))]
    public void A_namespace_uses_only_what_the_map_allows(string project) =>
        Assert.Empty(Forbidden(Namespaces[project], Arrows.Of(project)));

    [Fact]
    public void Every_arrow_of_the_map_points_down()
    {
        foreach (var floors in (Floor[][])[Projects, .. Namespaces.Values])
        {
            Assert.Empty(floors.SelectMany((floor, height) => floor.MayUse.Except(floors[(height + 1)..].Select(below => below.Name)).Select(up => $"{floor.Name} -> {up}")));
        }
    }

    [Fact]
    public void The_map_of_the_core_shows_no_arrow_that_nobody_needs()
    {
        var drawn = Namespaces["ConnectionReuse"].SelectMany(floor => floor.MayUse.Select(below => (floor.Name, below)));
        Assert.Empty(drawn.Except(Arrows.Of("ConnectionReuse")));
    }

    private static IEnumerable<string> Forbidden(Floor[] map, IEnumerable<(string From, string To)> arrows) => arrows
        .Where(arrow => !map.Any(floor => floor.Name == arrow.From && floor.MayUse.Contains(arrow.To)))
        .Select(arrow => $"{arrow.From} -> {arrow.To}");

    private sealed record Floor(string Name, params string[] MayUse);
}
