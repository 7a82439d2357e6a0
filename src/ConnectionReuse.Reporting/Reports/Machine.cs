using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>A kind of machine: figures of different kinds are not compared.</summary>
/// <param name="Os">The operating system's family, such as <c>linux</c>.</param>
/// <param name="Architecture">Such as <c>x64</c>.</param>
/// <param name="Cores">Logical cores.</param>
/// <param name="Cpu">The processor's name; null where unknown.</param>
/// <param name="Server">The kind of the server's machine, where that is another one; else null.</param>
internal sealed record Machine(string Os, string Architecture, int Cores, string? Cpu, Machine? Server = null)
{
    /// <summary>The machine that a run was made on.</summary>
    public static Machine Of(RunEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return new Machine(environment.Family, environment.Architecture, environment.LogicalCores, environment.Cpu, environment.Server is { } server ? Of(server) : null);
    }

    /// <summary>Such as <c>linux, x64, 2 cores, AMD EPYC</c>.</summary>
    public override string ToString() =>
        string.Join(", ", new[] { Os, Architecture, Cores == 1 ? "1 core" : $"{Cores} cores", Cpu }.OfType<string>()) + (Server is null ? "" : $"; its server: {Server}");

    /// <summary>The name of a report's folder, such as <c>2026-11-22-2ce5b9c-linux-x64-2</c>.</summary>
    public static string ReportName(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var environment = file.Environment;
        var date = file.Start.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"{date}-{Part(ShortCommit(environment))}{(environment.Dirty == true ? "-dirty" : "")}-{Part(environment.Machine)}";

        // It becomes a folder's name: nothing in a file leads to another place.
        static string Part(string text) => string.Concat(text.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'));
    }

    /// <summary>The commit's first seven digits.</summary>
    public static string ShortCommit(RunEnvironment environment) => environment?.Commit is not { } commit ? "no-commit" : commit[..Math.Min(7, commit.Length)];
}
