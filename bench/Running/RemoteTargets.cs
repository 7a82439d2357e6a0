using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Connections;
using ConnectionReuse.Measuring;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Running;

/// <summary>The targets of a server that somebody has started apart, on another machine as a rule, while this run has the turn there.</summary>
internal sealed class RemoteTargets : IMeasuredServer
{
    // What a result calls the server's host: no file tells how machines are called.
    private const string Unnamed = "server";

    private readonly RemoteServer _server;
    private readonly string _host;
    private IReadOnlyList<string> _names = [];

    private RemoteTargets(RemoteServer server)
    {
        _server = server;
        _host = server.Ready.Targets.Values.First().Host;
        IsElsewhere = !OwnAddress.IsOne(IPAddress.Parse(server.Ready.ControlHost!));
    }

    /// <inheritdoc/>
    public ServerReady Ready => _server.Ready;

    /// <summary>How far it is.</summary>
    public RoundTrip RoundTrip => _server.RoundTrip;

    /// <summary>Whether it is another machine, as far as its address tells.</summary>
    public bool IsElsewhere { get; }

    /// <summary>Whether it does not answer any more.</summary>
    public bool HasEnded
    {
        get
        {
            try
            {
                ThrowIfEnded();
                return false;
            }
            catch (IOException)
            {
                return true;
            }
        }
    }

    /// <summary>Takes the turn at a server, once it is sure that its targets can be reached by their name.</summary>
    /// <param name="at">Where its control is; null where none was named.</param>
    /// <param name="output">Where it is said how far it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null where none was named.</returns>
    /// <exception cref="UserException">It is not the one that is meant, or cannot be reached.</exception>
    public static async Task<RemoteTargets?> ConnectAsync(DnsEndPoint? at, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (at is null)
        {
            return null;
        }

        try
        {
            var server = new RemoteTargets(await RemoteServer.ConnectAsync(at, ReuseToken.Take(), ControlProtocol.Commit, cancellationToken));
            await server.EnsureNameAsync(cancellationToken);
            await output.WriteLineAsync($"{server._server.Name} is {Milliseconds(server.RoundTrip)} ms away, {(server.RoundTrip.ByTheKernel ? "as its connection's TCP_INFO tells" : "by the least of some exchanges")}");
            return server;
        }
        catch (WrongServerException e)
        {
            throw new UserException(ExitCode.WrongUse, e.Message);
        }
        catch (IOException e)
        {
            throw new UserException(ExitCode.CouldNotMeasure, $"could not measure: {e.Message}");
        }
    }

    /// <summary>Those of its targets that a run is about.</summary>
    /// <param name="asked">Ids; none for all that plain clients can ask.</param>
    /// <exception cref="UserException">It does not serve one of them.</exception>
    public IReadOnlyList<string> Served(IReadOnlyList<string> asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        if (asked.FirstOrDefault(id => !Ready.Targets.ContainsKey(id)) is { } missing)
        {
            throw new UserException(ExitCode.WrongUse, $"{_server.Name} serves {string.Join(", ", Ready.Targets.Keys)}, not {missing}: {ProgramName.Typed} serve {missing} serves it there");
        }

        string[] all = [.. Ready.Targets.Keys.Where(TargetIds.Local.Contains)];
        return asked.Count > 0 ? asked
            : all.Length > 0 ? all
            : throw new UserException(ExitCode.WrongUse, $"{_server.Name} serves {string.Join(", ", Ready.Targets.Keys)} alone, which plain clients cannot ask: {ProgramName.Typed} serve {TargetIds.KestrelHttps} serves one there");
    }

    /// <inheritdoc/>
    public void ThrowIfEnded() => _server.ThrowIfEnded();

    /// <inheritdoc/>
    public async Task<T> WhileServingAsync<T>(Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return await work();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            ThrowIfEnded();
            throw;
        }
    }

    /// <summary>This machine's environment with the server's in it, where that is another machine.</summary>
    public RunEnvironment Seen(RunEnvironment here)
    {
        ArgumentNullException.ThrowIfNull(here);
        return IsElsewhere ? here with { Server = _server.Environment, Placement = RunEnvironment.TwoMachines } : here;
    }

    /// <summary>A row as a result has it: with the round trip, and without the server's name and address.</summary>
    public ResultRow Seen(ResultRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Ready.Targets.Values.First().IsLoopback ? row : row with
        {
            Url = new UriBuilder(row.Url) { Host = Unnamed }.Uri.AbsoluteUri,
            Reason = row.Reason is { } reason ? Unnaming(reason, _names) : null,
            RoundTripMilliseconds = IsElsewhere ? RoundTrip.Time.TotalMilliseconds : null,
        };
    }

    /// <summary>A text without a server's names.</summary>
    /// <param name="text">The text.</param>
    /// <param name="names">Its host's name and addresses.</param>
    internal static string Unnaming(string text, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(text);

        // One may be the beginning of another.
        return names.OrderByDescending(name => name.Length).Aggregate(text, (left, name) => left.Replace(name, Unnamed, StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Milliseconds(RoundTrip roundTrip) => roundTrip.Time.TotalMilliseconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);

    // The calls that are timed look the name up themselves: it must lead to the very server that counts them.
    private async Task EnsureNameAsync(CancellationToken cancellationToken)
    {
        IPAddress[] addresses;
        try
        {
            addresses = await Dns.GetHostAddressesAsync(_host, cancellationToken);
        }
        catch (SocketException)
        {
            throw new IOException($"{_server.Name} calls itself {_host}, a name that is not known here: its --host should be one that this machine knows");
        }

        string[] known = [.. addresses.Select(address => address.ToString())];
        _names = [_host, .. known];
        if (!known.Contains(Ready.ControlHost))
        {
            throw new IOException($"{_server.Name} calls itself {_host}, which is {string.Join(", ", known)} here and not {Ready.ControlHost}: its --host should be a name of its own");
        }
    }
}
