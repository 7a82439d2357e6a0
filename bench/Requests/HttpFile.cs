using System.Text;
using System.Text.RegularExpressions;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Requests;

/// <summary>
/// A <c>.http</c> file as Visual Studio, Rider and the REST client of VS Code know it, of one request: comments, variables, the
/// request's line, headers, an empty line, the body.
/// </summary>
/// <param name="Url">What is called.</param>
/// <param name="Method">The method.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed partial record HttpFile(Uri Url, string Method, IReadOnlyList<RequestHeader> Headers, ReadOnlyMemory<byte>? Body)
{
    /// <summary>The option that names one.</summary>
    public const string Option = "--request";

    /// <summary>Reads one.</summary>
    /// <param name="path">Its path, as it was typed.</param>
    /// <param name="environment">The value of a variable; null where it is not set.</param>
    /// <exception cref="UserException">It cannot be read, or is not one request.</exception>
    public static HttpFile Read(string path, Func<string, string?> environment) => Parse(path, InputFile.Text(Option, path), environment);

    /// <summary>Reads the text of one.</summary>
    /// <exception cref="UserException">It is not one request; no message repeats a value.</exception>
    public static HttpFile Parse(string path, string text, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new Lines(path, text, new FileVariables(path, environment));
        var (method, url) = RequestLine(lines);
        var headers = ReadHeaders(lines).ToArray();
        return new HttpFile(url, method, headers, ReadBody(lines));
    }

    private static (string Method, Uri Url) RequestLine(Lines lines)
    {
        var line = lines.NextOfHead() ?? throw lines.Wrong("there is no request in it");
        while (lines.NextOfQuery() is { } more)
        {
            line += more; // a query over several lines
        }

        if (HttpVersion().Match(line) is { Success: true } version)
        {
            if (version.Groups["version"].Value is not ("1.1" or ""))
            {
                throw lines.Wrong($"{version.Value.Trim()}: only HTTP/1.1 is asked for in a file; an option asks for another version");
            }

            line = line[..version.Index];
        }

        var words = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (method, target) = words is [var first, var rest] && HeaderText.IsName(first) ? (first.ToUpperInvariant(), rest) : ("GET", line.Trim());
        return Uri.TryCreate(target, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && !target.Contains(' ', StringComparison.Ordinal)
            ? (method, url)
            : throw lines.Wrong("METHOD and an absolute http:// or https:// URL are needed");
    }

    private static IEnumerable<RequestHeader> ReadHeaders(Lines lines)
    {
        while (lines.NextHeader() is { } line)
        {
            var header = HeaderText.Parse(lines.Where, line, static (_, value) => value);
            yield return header.Name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? header with { Value = Encoded(header.Value) } : header;
        }
    }

    // `Basic user password` and `Basic user:password` are encoded by the client, as in VS Code.
    private static string Encoded(string authorization)
    {
        var plain = PlainBasic().Match(authorization);
        return plain.Success ? $"{BasicCredentials.Scheme} {BasicCredentials.Encoded($"{plain.Groups["user"].Value}:{plain.Groups["password"].Value}")}" : authorization;
    }

    private static ReadOnlyMemory<byte>? ReadBody(Lines lines)
    {
        string[] body = [.. lines.Rest()];
        if (body.Length == 0)
        {
            return null;
        }

        if (body.FirstOrDefault(line => Script().IsMatch(line)) is not null)
        {
            throw lines.Wrong("scripts are not run: take them out");
        }

        if (body is [var only] && Inclusion().Match(only) is { Success: true } included)
        {
            var path = Path.Combine(Path.GetDirectoryName(lines.Path) ?? string.Empty, included.Groups["path"].Value);
            return included.Groups["filled"].Success ? Encoding.UTF8.GetBytes(lines.Filled(InputFile.Text(Option, path))) : InputFile.Bytes(Option, path);
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', body.Select(lines.Filled)));
    }

    [GeneratedRegex(@"\s+HTTP/(?<version>[0-9.]*)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex HttpVersion();

    [GeneratedRegex(@"^Basic\s+(?<user>[^\s:]+)(?:\s+|:)(?<password>\S+)$", RegexOptions.IgnoreCase)]
    private static partial Regex PlainBasic();

    [GeneratedRegex(@"^<(?<filled>@)?\s+(?<path>.+?)\s*$")]
    private static partial Regex Inclusion();

    [GeneratedRegex(@"^[<>]\s*\{%")]
    private static partial Regex Script();

    private sealed class Lines(string path, string text, FileVariables variables)
    {
        private readonly string[] _lines = Only(path, text);
        private int _next;

        public string Path => path;

        public string Where => $"{Option} {path}, line {_next}";

        public UserException Wrong(string message) => new(ExitCode.WrongUse, $"{Where}: {message}");

        public string Filled(string line) => variables.Fill(Where, line);

        // The request's line: what comes before are comments and variables.
        public string? NextOfHead()
        {
            while (_next < _lines.Length)
            {
                var line = _lines[_next++].Trim();
                if (line.Length > 0 && !IsComment(line) && !variables.Take(Where, line))
                {
                    return Filled(line);
                }
            }

            return null;
        }

        public string? NextOfQuery() =>
            _next < _lines.Length && _lines[_next].Length > 0 && char.IsWhiteSpace(_lines[_next][0]) && _lines[_next].Trim() is ['?' or '&', ..]
                ? Filled(_lines[_next++].Trim()) : null;

        public string? NextHeader()
        {
            while (_next < _lines.Length)
            {
                var line = _lines[_next++].Trim();
                if (line.Length == 0)
                {
                    return null;
                }

                if (!IsComment(line))
                {
                    return Filled(line);
                }
            }

            return null;
        }

        public IEnumerable<string> Rest()
        {
            var last = Array.FindLastIndex(_lines, line => line.Trim().Length > 0);
            for (; _next <= last; _next++)
            {
                yield return _lines[_next];
            }
        }

        private static bool IsComment(string line) => line.StartsWith('#') || line.StartsWith("//", StringComparison.Ordinal);

        // `###` parts requests; of several nobody can tell which one is meant.
        private static string[] Only(string path, string text)
        {
            string[] lines = text.ReplaceLineEndings("\n").Split('\n');
            var parts = new List<string[]>();
            var start = 0;
            for (var line = 0; line <= lines.Length; line++)
            {
                if (line == lines.Length || lines[line].StartsWith("###", StringComparison.Ordinal))
                {
                    parts.Add([.. lines.Select((text, number) => number >= start && number < line ? text : string.Empty)]);
                    start = line + 1;
                }
            }

            var requests = parts.Where(part => part.Any(line => line.Trim() is { Length: > 0 } text && !IsComment(text) && !text.StartsWith('@'))).ToArray();
            return requests.Length > 1 ? throw new UserException(ExitCode.WrongUse, $"{Option} {path}: {requests.Length} requests in it; one is needed")
                : requests.Length == 0 ? []
                : Merged(lines, requests[0]);
        }

        // Variables of the parts before it hold for it too, and lines keep their numbers.
        private static string[] Merged(string[] lines, string[] request)
        {
            var first = Array.FindIndex(request, line => line.Length > 0);
            return [.. request.Select((line, number) => number < first && lines[number].StartsWith('@') ? lines[number] : line)];
        }
    }
}
