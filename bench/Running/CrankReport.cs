using System.CommandLine;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>What <c>--crank</c> asks for: the result as dotnet/crank reads it, the last thing on standard output however the program ends.</summary>
/// <param name="time">Dates it.</param>
internal sealed class CrankReport(TimeProvider time)
{
    private ResultFile? _result;

    /// <summary>The option, of every verb that measures.</summary>
    public Option<bool> Option { get; } = new("--crank") { Description = "Ends with the result as dotnet/crank reads it" };

    /// <summary>Takes what was found.</summary>
    public void Take(ResultFile result) => _result = result;

    /// <summary>Writes it, where it was asked for.</summary>
    /// <param name="parsed">The arguments as understood.</param>
    /// <param name="exitCode">How the program ends.</param>
    /// <param name="output">Standard output.</param>
    public async Task WriteAsync(ParseResult parsed, int exitCode, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(output);
        if (parsed.GetResult(Option) is { Implicit: false })
        {
            await output.WriteAsync(CrankStatistics.Block(_result, exitCode, time.GetUtcNow()));
            await output.FlushAsync();
        }
    }
}
