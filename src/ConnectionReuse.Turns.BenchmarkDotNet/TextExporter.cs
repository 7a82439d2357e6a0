using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;

namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>A BenchmarkDotNet exporter around a pure rendering.</summary>
/// <param name="name">The end of its files' names.</param>
/// <param name="render">Turns a summary into the file's text.</param>
public sealed class TextExporter(string name, Func<Summary, string> render) : ExporterBase
{
    /// <inheritdoc/>
    protected override string FileExtension => "md";

    /// <inheritdoc/>
    protected override string FileNameSuffix => $"-{name}";

    /// <inheritdoc/>
    public override void ExportToLog(Summary summary, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        logger.WriteLine(render(summary));
    }
}
