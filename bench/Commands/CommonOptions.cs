using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Commands;

/// <summary>Values that several verbs take, checked alike.</summary>
internal static class CommonOptions
{
    /// <summary>Tells a real target who asks.</summary>
    public const string DefaultUserAgent = "ConnectionReuse.Benchmarks/1.0 (+benchmark of connection reuse, sequential requests)";

    /// <summary>An absolute http or https URL.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="option">The option that it was given with; null for an argument.</param>
    /// <param name="orLocal">Whether the id of a local target would have been right too.</param>
    /// <exception cref="UserException">It is none; the message names the nearest right one.</exception>
    public static Uri Url(string text, string? option = null, bool orLocal = false)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        var given = option is null ? text : $"{option} {text}";
        throw Wrong(!orLocal && TargetIds.Local.Contains(text)
            ? $"{given}: a URL is needed here, not a local target"
            : orLocal && text.AsSpan().IndexOfAny(":/.") < 0
            ? $"{given}: neither a URL nor a local target, which are {string.Join(", ", TargetIds.Local)}"
            : Uri.TryCreate($"https://{text}", UriKind.Absolute, out var meant) && !text.Contains("://", StringComparison.Ordinal)
                ? $"{given}: not an absolute URL; did you mean {PublicUrl.Of(meant)}?"
                : $"{given}: an absolute http:// or https:// URL is needed");
    }

    /// <summary>An option that takes a whole number; a complaint names it as it was typed.</summary>
    /// <param name="names">Its name, and others that it is known by.</param>
    /// <param name="least">The least number that it takes.</param>
    /// <param name="most">The most; <see cref="int.MaxValue"/> for any.</param>
    /// <param name="meaning">What the help says.</param>
    public static Option<int?> WholeNumber(string[] names, int least, int most, string meaning)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new(names[0], names[1..])
        {
            Description = meaning,
            HelpName = "N",
            CustomParser = value =>
            {
                var text = value.Tokens[0].Value;
                if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                {
                    return number;
                }

                value.AddError($"{Complaint.Typed(value)} {text}: a whole number from {least} {(most == int.MaxValue ? "up" : $"to {most}")} is needed");
                return null;
            },
        };
    }

    /// <summary>Lets an option take some words only.</summary>
    public static Option Among<T>(this Option<T> option, params string[] words)
    {
        ArgumentNullException.ThrowIfNull(option);
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    /// <summary>The file that a verb writes its result to, too.</summary>
    public static Option<string?> Json() => new("--json") { Description = "Writes the result file there too", HelpName = "FILE" };

    /// <summary>The file that a verb writes its table to, too.</summary>
    public static Option<string?> Markdown() => new("--markdown") { Description = "Writes the table there too", HelpName = "FILE" };

    /// <summary>Whether the page is opened at the end of a run.</summary>
    public static Option<bool> Open() => new("--open") { Description = "Opens the page of the result at the end" };

    /// <summary>Whether a screen explains its terms, as files do.</summary>
    public static Option<bool> Explain() => new("--explain") { Description = "Explains the terms on the terminal too" };

    /// <summary>Environment variables that clients and servers get beside the suite's own.</summary>
    public static Option<string[]> PassedOnVariables() => new(PassedOn.Option)
    {
        Description = "A variable for clients and servers; repeatable",
        HelpName = "NAME:VALUE",
    };

    /// <summary>What local Kestrel targets answer with.</summary>
    public static Option<string?> Respond() => new("--respond")
    {
        Description = "What kestrel-http and kestrel-https answer with: a file, or a folder of such as orders/5/GET.json",
        HelpName = "FILE",
    };

    /// <summary>The responses that an option names; null where it was not given.</summary>
    /// <exception cref="UserException">They cannot be read.</exception>
    public static CannedResponses? Responses(string? path)
    {
        try
        {
            return path is null ? null : CannedResponses.Read(path);
        }
        catch (InvalidDataException e)
        {
            throw Wrong($"--respond {e.Message}");
        }
    }

    /// <summary>A server on another machine, in place of those that a run starts beside itself.</summary>
    public static Option<string?> Server() => new(ServerOption)
    {
        Description = $"Calls the targets of a server that {ProgramName.Typed} serve --bind has started on another machine, by the name and port of its control",
        HelpName = "HOST:PORT",
    };

    /// <summary>The same option for a command that calls no such server: it is refused with the reason, not as a word that nobody knows.</summary>
    /// <param name="why">The reason, as a clause.</param>
    public static Option<string?> NoServer(string why)
    {
        var option = new Option<string?>(ServerOption) { Hidden = true, HelpName = "HOST:PORT" };
        option.Validators.Add(given => given.AddError($"{ServerOption}: {why}"));
        return option;
    }

    /// <summary>The option that names a server on another machine.</summary>
    public const string ServerOption = "--server";

    /// <summary>The control that an option names; null where it was not given.</summary>
    /// <exception cref="UserException">It is no host and port.</exception>
    public static DnsEndPoint? ServerAt(string? given) =>
        given is null ? null
        : Uri.TryCreate($"control://{given}", UriKind.Absolute, out var at) && at is { Host.Length: > 0, PathAndQuery: "/" or "", UserInfo: "", Fragment: "", Port: not 0 }
            ? new DnsEndPoint(at.DnsSafeHost, at.Port > 0 ? at.Port : ControlProtocol.DefaultPort)
            : throw Wrong($"{ServerOption} {given}: a host and a port are needed, such as reuse-server:{ControlProtocol.DefaultPort}");

    /// <summary>Refuses an option that means nothing, or something else, with <see cref="ServerOption"/>.</summary>
    /// <param name="result">What was parsed.</param>
    /// <param name="options">Such options.</param>
    /// <exception cref="UserException">One was given; the message names it.</exception>
    public static void RefuseWithServer(ParseResult result, IEnumerable<Option> options)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (options.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } other)
        {
            throw Wrong($"{ServerOption} and {other.Name} exclude each other: leave one out");
        }
    }

    /// <summary>The HTTP version to insist on; null for any.</summary>
    /// <exception cref="UserException">It is none.</exception>
    public static Version? HttpVersion(string option, string? version) => version switch
    {
        null => null,
        "1.1" => new Version(1, 1),
        "2" or "2.0" => new Version(2, 0),
        "3" or "3.0" => new Version(3, 0),
        _ => throw Wrong($"{option} {version}: 1.1, 2 or 3"),
    };

    /// <summary>A whole number within its limits.</summary>
    /// <exception cref="UserException">It is not.</exception>
    public static int Count(string option, int given, int least, int most) =>
        given >= least && given <= most ? given : throw Wrong($"{option} {given}: a number from {least} to {most}");

    /// <summary>The command line as it may be published.</summary>
    /// <param name="result">What was parsed.</param>
    /// <param name="passedOn">What followed <c>--</c>.</param>
    public static string Publishable(ParseResult result, IReadOnlyList<string>? passedOn = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var hidden = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in result.CommandResult.Children.OfType<OptionResult>())
        {
            foreach (var token in option.Tokens)
            {
                if (RequestOptionSet.Publishable(option.Option, token.Value) is { } publishable)
                {
                    hidden[token.Value] = publishable;
                }
            }
        }

        string[] words = [.. result.Tokens.Select(token => token.Type == TokenType.Argument ? hidden.GetValueOrDefault(token.Value, token.Value) : token.Value), .. passedOn is { Count: > 0 } ? passedOn.Prepend("--") : []];
        return string.Join(' ', words.Select(word =>
            Uri.TryCreate(word, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? PublicUrl.Of(url)
            : Path.IsPathRooted(word) ? "<path>"
            : word));
    }

    /// <summary>The URLs, none of which may be told apart by what is never shown alone.</summary>
    /// <exception cref="UserException">Two are the same without user info and query.</exception>
    public static Uri[] Distinct(Uri[] urls, string option = "")
    {
        ArgumentNullException.ThrowIfNull(urls);
        return urls.GroupBy(PublicUrl.Of).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw Wrong($"{option} {twice.Key} is given twice (user info and query do not tell targets apart)".TrimStart())
            : urls;
    }

    /// <summary>Wrong use, in one line.</summary>
    public static UserException Wrong(string message) => new(ExitCode.WrongUse, message);
}
