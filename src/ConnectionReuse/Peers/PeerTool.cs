using ConnectionReuse.Processes;
using ConnectionReuse.Results;

namespace ConnectionReuse.Peers;

/// <summary>Another program that makes HTTP calls, to see that a ratio is the network's and not ours.</summary>
internal abstract class PeerTool
{
    private static readonly TimeSpan FindTimeout = TimeSpan.FromSeconds(20);

    /// <summary>The tool's name, such as <c>curl</c>.</summary>
    public abstract string Id { get; }

    /// <summary>What brings it, as a user types it.</summary>
    public abstract string Package { get; }

    /// <summary>Whether it refuses a server whose certificate it does not trust. One that does not has less to do.</summary>
    public abstract bool ChecksCertificates { get; }

    /// <summary>Whether it tells the time of its calls itself; else its processes are timed, their starts included.</summary>
    public virtual bool TimesItself => true;

    /// <summary>Whether it takes the URL where nobody else sees it; else it is one of the arguments, which every user of the machine can list.</summary>
    public virtual bool HidesUrl => false;

    /// <summary>The ways in which it makes the calls, fresh before reused.</summary>
    public abstract IReadOnlyList<PeerRow> Rows { get; }

    /// <summary>The file names of its program, the likeliest first.</summary>
    private protected abstract IReadOnlyList<string> Programs { get; }

    /// <summary>The arguments that make it say what it is.</summary>
    private protected abstract IReadOnlyList<string> Introduction { get; }

    /// <summary>What the tool says of one of its ways, as a result file keeps it.</summary>
    /// <param name="row">One of <see cref="Rows"/>.</param>
    /// <param name="version">Its version; null where it tells none, or is not installed.</param>
    public Declaration Declare(PeerRow row, string? version)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new Declaration
        {
            Statement = row.Statement,
            Reuses = row.Reuses,
            Reference = row.Reuses ? null : Rows.FirstOrDefault(other => other.Reuses)?.Id,
            Tool = new DeclaredTool($"{Id} {version}".TrimEnd(), ChecksCertificates, TimesItself),
        };
    }

    /// <summary>Why the tool does not get a URL; null where it does. What is not sent, such as user info, it does not get anyway.</summary>
    public string? Refuses(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return HidesUrl || url.Query.Length == 0 ? null
            : $"{Id} takes a URL as an argument only, where every user of this machine could read its query: leave the query out";
    }

    /// <summary>Looks for the tool on the search path and asks it for its version.</summary>
    /// <returns>Null where it is not installed.</returns>
    public async Task<InstalledPeer?> FindAsync(CancellationToken cancellationToken)
    {
        foreach (var program in Programs.Select(SearchPath.Find).OfType<string>())
        {
            try
            {
                var said = await new PeerCommand(program, Introduction, FindTimeout).RunAsync(cancellationToken);
                if (Recognize(program, said) is { } installed)
                {
                    return installed;
                }
            }
            catch (IOException)
            {
                // a program that does not start or never answers is no better than none
            }
        }

        return null;
    }

    /// <summary>The tool by what its program said; null where it is something else.</summary>
    private protected abstract InstalledPeer? Recognize(string program, ProcessOutput said);

    /// <summary>Makes the calls.</summary>
    /// <exception cref="IOException">A call failed.</exception>
    internal abstract Task<PeerMeasurement> RunAsync(string program, PeerRow row, PeerBlock block, CancellationToken cancellationToken);
}
