using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>
/// What dotnet/crank's <c>--json</c> writes, as far as it is ours: the result files of its clients. All else (variables, endpoints, tokens)
/// stays behind, and where a result file repeats some of it, that is taken out.
/// </summary>
internal static partial class CrankFile
{
    private const string ServersName = "server"; // a result file's word for the machine that serves

    /// <summary>The result files that a file holds, each checked as any other; of a file that is not crank's, itself.</summary>
    /// <exception cref="ResultFileException">There is none, it cannot be read, or it contradicts itself; the message names the path.</exception>
    public static IReadOnlyList<ResultFile> Read(string path)
    {
        using var document = Document(path);
        if (document is null || !Has(document.RootElement, "jobResults", out var run) || !Has(run, "jobs", out var jobs))
        {
            return [CheckedResult.Read(path)];
        }

        JsonElement[] all = [.. jobs.EnumerateObject().Select(job => job.Value).Where(job => job.ValueKind == JsonValueKind.Object)];
        string[] results = [.. all.Select(job => Result(job, CrankStatistics.Results)).Where(result => result.ValueKind == JsonValueKind.Object).Select(result => result.GetRawText())];
        var redaction = new Redaction([.. all.SelectMany(Names).Where(IsTelling)], []);
        return results.Length == 0
            ? throw new ResultFileException($"{path}: {WhyNone(all)}")
            : [.. results.Select(result => redaction.Apply(WithoutHosts(Parsed(path, result))))];
    }

    // crank leaves whatever is no number out of its averages (--iterations).
    private static string WhyNone(JsonElement[] jobs) =>
        jobs.Select(job => Result(job, CrankStatistics.ExitCode)).Where(code => code.ValueKind == JsonValueKind.Number).Select(code => code.GetDouble()).FirstOrDefault() is not 0 and var code
            ? $"crank's client ended with exit code {code:0} and has no result"
            : $"crank's file has no {CrankStatistics.Results}: the client needs --crank, and crank must go without --iterations, which keeps averages alone";

    private static ResultFile Parsed(string path, string result)
    {
        try
        {
            var file = ResultJson.Parse(result);
            return CheckedResult.Complaint(file) is { } complaint ? throw new ResultFileException(complaint) : file;
        }
        catch (ResultFileException e)
        {
            throw new ResultFileException($"{path}: {e.Message}", e);
        }
    }

    private static ResultFile WithoutHosts(ResultFile file) => file with
    {
        Rows = [.. file.Rows.Select(row => TargetIds.Served.Contains(row.Target) && Uri.TryCreate(row.Url, UriKind.Absolute, out var url) && !url.IsLoopback
            ? row with { Url = new UriBuilder(url) { Host = ServersName }.Uri.AbsoluteUri }
            : row)],
    };

    // crank takes all of a job's variables for text; what they are called tells which of them name a machine or are secret.
    private static IEnumerable<string> Names(JsonElement job) => !Has(job, "variables", out var variables) ? [] :
        variables.EnumerateObject()
            .Where(variable => variable.Value.ValueKind == JsonValueKind.String)
            .Select(variable => (variable.Name, Value: variable.Value.GetString()!))
            .Where(variable => TellingName().IsMatch(variable.Name) || IPAddress.TryParse(variable.Value, out _))
            .Select(variable => variable.Value);

    private static bool IsTelling(string value) => value != ServersName && !(IPAddress.TryParse(value, out var address) && IPAddress.IsLoopback(address));

    private static JsonElement Result(JsonElement job, string name) => Has(job, "results", out var results) && results.TryGetProperty(name, out var result) ? result : default;

    private static bool Has(JsonElement element, string name, out JsonElement member) =>
        element.TryGetProperty(name, out member) && member.ValueKind == JsonValueKind.Object;

    // Null where it is no JSON object: whoever reads result files says what is wrong with it.
    private static JsonDocument? Document(string path)
    {
        try
        {
            var document = JsonDocument.Parse(File.ReadAllText(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("ADDRESS|HOST|NAME|ENDPOINT|TOKEN|SECRET|PASSW|KEY|AUTH|USER", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TellingName();
}
