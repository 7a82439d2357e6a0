using System.Text.RegularExpressions;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>
/// Takes out of a result file what is nobody's business: user info and queries of URLs, paths, user and host names, and
/// values of the environment. It looks at what people and programs wrote freely; versions and counts stay as they are.
/// </summary>
internal sealed partial class Redaction
{
    private const int ShortestName = 3;
    private const int ShortestValue = 8; // shorter ones are flags and numbers that occur anywhere

    private readonly Regex? _names;
    private readonly string[] _secrets;
    private readonly string[] _values;

    /// <summary>Knows what to take out.</summary>
    /// <param name="names">User and host names.</param>
    /// <param name="environment">The environment of the process, by name.</param>
    public Redaction(IEnumerable<string> names, IEnumerable<KeyValuePair<string, string>> environment)
    {
        string[] whole = [.. names.Where(name => name.Length >= ShortestName && name is not "localhost").Distinct().OrderByDescending(name => name.Length).Select(Regex.Escape)];
        _names = whole.Length == 0 ? null : new Regex($@"(?<![\w-])({string.Join('|', whole)})(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        KeyValuePair<string, string>[] known = [.. environment.Where(variable => variable.Value.Length >= ShortestValue).OrderByDescending(variable => variable.Value.Length)];
        _secrets = [.. known.Where(variable => SecretName().IsMatch(variable.Key)).Select(variable => variable.Value)];
        _values = [.. known.Select(variable => variable.Value)];
    }

    /// <summary>Takes out what every machine has in common: user info, queries, paths.</summary>
    public static Redaction Common { get; } = new([], []);

    /// <summary>The file without it.</summary>
    public ResultFile Apply(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file with
        {
            Runs = [.. file.Runs.Select(run => run with { CommandLine = Text(run.CommandLine, _values) })],
            Rows = [.. file.Rows.Select(row => row with
            {
                Url = Text(row.Url, _secrets),
                Parameters = Parameters(row.Parameters),
                Reason = row.Reason is { } reason ? Text(reason, _values) : null,
                Declared = row.Declared.Tool is { } tool ? row.Declared with { Tool = tool with { Name = Text(tool.Name, _values) } } : row.Declared,
            })],
            Ratios = [.. file.Ratios.Select(ratio => ratio with { Parameters = Parameters(ratio.Parameters) })],
        };
    }

    private RowParameters Parameters(RowParameters parameters) => parameters with
    {
        Url = parameters.Url is { } url ? Text(url, _secrets) : null,
        Case = parameters.Case is { } @case ? Text(@case, _secrets) : null,
        Job = parameters.Job is { } job ? Text(job, _secrets) : null,
    };

    private string Text(string text, string[] values)
    {
        var plain = Url().Replace(values.Aggregate(text, (told, value) => told.Replace(value, "<environment>", StringComparison.Ordinal)), PublicUrlOf);
        plain = AbsolutePath().Replace(plain, "<path>");
        return _names?.Replace(plain, "<name>") ?? plain;
    }

    private static string PublicUrlOf(Match match) => Uri.TryCreate(match.Value, UriKind.Absolute, out var url) ? PublicUrl.Of(url) : "<url>";

    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]*://[^\s""'<>]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Url();

    // Two parts at least: a lone "/" or "/url" is no place on a disk.
    [GeneratedRegex(@"(?<![\w:/.<>])(/[\w.@~-]+){2,}/?|\b[A-Za-z]:\\[^\s""']*")]
    private static partial Regex AbsolutePath();

    [GeneratedRegex("TOKEN|SECRET|PASSW|CREDENTIAL|API_?KEY|PRIVATE|COOKIE|PROXY|AUTH", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();
}
