using System.Globalization;
using System.Text;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>A result file as comma-separated values (RFC 4180, with line feeds), numbers with all their digits.</summary>
internal static class CsvExport
{
    private static readonly (string Name, Func<ResultRow, object?> Value)[] Row =
    [
        ("target", row => row.Target),
        ("url", row => row.Url),
        ("client", row => row.Client),
        ("parameters", row => ParameterText.Sorted(row.Parameters, ";", "=")),
        ("tool", row => row.Declared.Tool?.Name),
        ("rttMilliseconds", row => row.Link?.RttMilliseconds ?? row.RoundTripMilliseconds),
        ("status", row => row.Status.Words()),
        ("reason", row => row.Reason),
        ("requests", row => row.Requests),
    ];

    private static readonly (string Name, Func<ResultRow, object?> Value)[] Figures =
    [
        ("launches", row => row.Launches.Count),
        ("medianSeconds", row => row.Median),
        ("lowSeconds", row => row.Low),
        ("highSeconds", row => row.High),
        ("callP50Seconds", row => row.CallTimes?.P50Seconds),
        ("callP90Seconds", row => row.CallTimes?.P90Seconds),
        ("callP99Seconds", row => row.CallTimes?.P99Seconds),
        ("callMaxSeconds", row => row.CallTimes?.MaxSeconds),
        ("connections", row => row.PerIteration(counts => counts.Carrying)),
        ("connectionsOpened", row => row.PerIteration(counts => counts.Opened)),
        ("fullHandshakes", row => row.PerIteration(counts => counts.FullHandshakes)),
        ("resumedHandshakes", row => row.PerIteration(counts => counts.ResumedHandshakes)),
        ("failures", row => row.Failures),
        ("allocatedBytesPerRequest", row => row.AllocatedBytesPerRequest),
        ("wireBytesPerRequest", row => row.PerRequest(counts => counts.WireBytes)),
        ("clientCpuMicrosecondsPerRequest", row => row.PerRequest(counts => counts.ClientCpuMicroseconds)),
        ("serverCpuMicrosecondsPerRequest", row => row.PerRequest(counts => counts.ServerCpuMicroseconds)),
        ("httpVersion", row => row.HttpVersion),
        ("tlsProtocol", row => row.TlsProtocol),
    ];

    /// <summary>One line a row, those without times included.</summary>
    public static string Rows(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Lines([.. Row, .. Figures], file.Rows.Select(row => Row.Concat(Figures).Select(column => column.Value(row))));
    }

    /// <summary>One line a timed iteration.</summary>
    public static string Samples(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Lines(
            [.. Row, ("round", _ => null), ("iteration", _ => null), ("seconds", _ => null)],
            from row in file.Rows
            from launch in row.Launches
            from sample in launch.IterationSeconds.Select((seconds, index) => (Iteration: index + 1, Seconds: seconds))
            select Row.Select(column => column.Value(row)).Concat([launch.Round, sample.Iteration, sample.Seconds]));
    }

    private static string Lines((string Name, Func<ResultRow, object?> Value)[] columns, IEnumerable<IEnumerable<object?>> lines)
    {
        var text = new StringBuilder().AppendJoin(',', columns.Select(column => column.Name)).Append('\n');
        foreach (var line in lines)
        {
            text.AppendJoin(',', line.Select(Cell)).Append('\n');
        }

        return text.ToString();
    }

    // A spreadsheet runs a cell that starts like a formula; line feeds may stand within quotes, what a terminal obeys may not.
    private static string Words(string text)
    {
        var plain = string.Concat(text.Select(letter => letter != '\n' && PlainText.IsControl(letter) ? ' ' : letter));
        return plain.Length > 0 && plain[0] is '=' or '+' or '-' or '@' ? $"'{plain}" : plain;
    }

    private static string Cell(object? value)
    {
        var text = value is string words ? Words(words) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
