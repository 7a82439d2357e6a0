using System.CommandLine;
using System.Net;
using ConnectionReuse.Bench.Requests;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Bench.Serve;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The options of <c>serve</c> for clients that measure by <c>--server</c>; any of them starts the control.</summary>
internal sealed class NetworkOptionSet
{
    private const int FirstPort = 1024;
    private const int LastPort = 65_000;

    private readonly Option<string?> _bind = new("--bind") { Description = "The one address of this machine to listen on [default: 127.0.0.1]; another needs --allow, and a token in CONNECTION_REUSE_TOKEN", HelpName = "ADDRESS" };
    private readonly Option<string?> _host = new("--host") { Description = "The name in the targets' URLs, as clients know this machine [default: localhost, or the address]", HelpName = "NAME" };
    private readonly Option<int?> _port = CommonOptions.WholeNumber(["--port"], FirstPort, LastPort, $"The control's port, which those of the targets follow [default: {ControlProtocol.DefaultPort}]");
    private readonly Option<string[]> _allow = new("--allow") { Description = "An address, or a network such as 10.0.0.0/24, that may come; repeatable", HelpName = "ADDRESS" };

    private readonly Option<string?> _idle = new("--idle") { Description = "Ends it when no client has come for so long [default: 60m where others can reach it, else never]", HelpName = "TIME" };

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> All => [_bind, _host, _port, _allow, _idle];

    /// <summary>What was asked; null where none of the options was given.</summary>
    /// <exception cref="UserException">A value does not fit.</exception>
    public ServeOptions? Read(ParseResult result, IReadOnlyList<string> targets)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (All.All(option => result.GetResult(option) is not { Implicit: false }))
        {
            return null;
        }

        var address = result.GetValue(_bind) is { } given ? OwnAddress.Parse(_bind.Name, given) : IPAddress.Loopback;
        var beyond = !IPAddress.IsLoopback(address);
        string[] allowed = result.GetValue(_allow) ?? [];
        var token = ReuseToken.Take();
        if (allowed.FirstOrDefault(each => PeerList.Parse(each) is null) is { } nobody)
        {
            throw CommonOptions.Wrong($"{_allow.Name} {nobody}: an IP address is needed, or a network such as 10.0.0.0/24");
        }

        if (beyond && allowed.Length == 0)
        {
            throw CommonOptions.Wrong($"{_bind.Name} {address} is open to others: {_allow.Name} names the addresses that may come");
        }

        if (beyond && token.Length == 0)
        {
            throw CommonOptions.Wrong($"{_bind.Name} {address} is open to others: {ControlProtocol.TokenVariable} in the environment needs a token, the same for server and client");
        }

        var idle = result.GetValue(_idle) is { } time ? TimeText.Parse(_idle.Name, time) : beyond ? IdleEnd.Usual : (TimeSpan?)null;
        var host = result.GetValue(_host) ?? (beyond ? address.ToString() : "localhost");
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            throw CommonOptions.Wrong($"{_host.Name} {host}: a host's name is needed");
        }

        return targets.FirstOrDefault(id => TargetIds.IsTls(id.Replace(LocalServers.Uncounted, string.Empty, StringComparison.Ordinal))) is { } tls && IPAddress.TryParse(host, out _)
            ? throw CommonOptions.Wrong($"{tls} needs {_host.Name} NAME: for an address in a URL .NET resumes no TLS session")
            : new ServeOptions { Targets = targets, Address = address, Host = host, Port = result.GetValue(_port) ?? ControlProtocol.DefaultPort, Allowed = allowed, Token = token, IdleLimit = idle };
    }
}
