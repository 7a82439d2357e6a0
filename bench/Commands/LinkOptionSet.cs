using System.CommandLine;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Links;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The options of an emulated link, as every verb that knows one takes them.</summary>
internal sealed class LinkOptionSet
{
    private readonly Option<string?> _rtt = new("--rtt") { Description = "Puts an emulated link with this round trip before local targets, such as 123ms", HelpName = "TIME" };
    private readonly Option<string?> _bandwidth = new("--bandwidth") { Description = "What that link carries in each direction, such as 20mbit", HelpName = "RATE" };
    private readonly Option<string?> _serverTime = new("--server-time") { Description = "How long local targets think about each request, such as 34ms", HelpName = "TIME" };

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> All => [_rtt, _bandwidth, _serverTime];

    /// <summary>What was given, by the options' names without dashes.</summary>
    /// <exception cref="UserException">A value does not fit.</exception>
    public Dictionary<string, string> Given(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var given = new[] { _rtt, _bandwidth, _serverTime }
            .Select(option => (Name: option.Name.TrimStart('-'), Value: result.GetValue(option)))
            .Where(option => option.Value is not null)
            .ToDictionary(option => option.Name, option => option.Value!);
        LinkOf(given);
        return given;
    }

    /// <summary>The link that was given.</summary>
    /// <exception cref="UserException">A value does not fit.</exception>
    public static LinkOptions LinkOf(IReadOnlyDictionary<string, string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        try
        {
            return LinkOptions.Parse(given.GetValueOrDefault("rtt"), given.GetValueOrDefault("bandwidth"), given.GetValueOrDefault("server-time"));
        }
        catch (FormatException e)
        {
            throw CommonOptions.Wrong(e.Message);
        }
    }
}
