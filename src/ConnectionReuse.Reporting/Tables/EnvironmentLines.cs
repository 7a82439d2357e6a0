using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>Where, when and with what the figures were found, in a few lines: no figure is worth anything without.</summary>
internal static class EnvironmentLines
{
    private const int ShortHash = 10;

    public static IEnumerable<string> Of(ResultFile file)
    {
        var environment = file.Environment;
        return
        [
        Line(environment.Os, $"kernel {environment.Kernel}", environment.Cpu, Cores(environment), Memory(environment)),
        Line(
            environment.Runtime,
            $"BenchmarkDotNet {environment.BenchmarkDotNet}",
            $"WireMock.Net {environment.WireMock}",
            $"placement: {environment.Placement}",
            environment.TcpCongestionControl is { } control ? $"TCP {control}" : null),
        .. environment.Server is { } server ? [$"server: {Line(server.Os, $"kernel {server.Kernel}", server.Cpu, Cores(server), Memory(server), server.Runtime, $"placement: {server.Placement}")}"] : Array.Empty<string>(),
        .. environment.RuntimeSettings is { } settings ? [$"runtime of client and server: {Line(settings)}"] : Array.Empty<string>(),
        Line(
            file.Start.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
            $"{file.Runs.Sum(run => run.DurationSeconds ?? 0).ToString("F0", CultureInfo.InvariantCulture)} s{Runs(file)}",
            Commit(environment)),
        .. RemarkLines.OfRuns(file),
        ];
    }

    private static string Line(params IEnumerable<string?> parts) => string.Join(", ", parts.OfType<string>());

    private static string Cores(RunEnvironment environment) =>
        $"{environment.LogicalCores} logical {(environment.LogicalCores == 1 ? "core" : "cores")} ({environment.Architecture})";

    private static string Memory(RunEnvironment environment) =>
        $"{(environment.MemoryBytes / 1073741824.0).ToString("0.#", CultureInfo.InvariantCulture)} GiB";

    private static string Commit(RunEnvironment environment) => environment switch
    {
        { Commit: null } => "no commit",
        { Dirty: true } => $"commit {Short(environment.Commit)} with uncommitted changes",
        _ => $"commit {Short(environment.Commit)}",
    };

    private static string Short(string commit) => commit.Length > ShortHash ? commit[..ShortHash] : commit;

    private static string Runs(ResultFile file) =>
        file.Runs.Count is > 1 and var runs ? string.Create(CultureInfo.InvariantCulture, $" in {runs} runs") : "";
}
