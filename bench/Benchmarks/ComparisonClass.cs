using ConnectionReuse.Clients;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>What a class of comparisons is about, known before any of its processes starts.</summary>
/// <param name="targetId">Whom its requests go to.</param>
public abstract class ComparisonClass(string targetId)
{
    /// <summary>Whom the requests go to.</summary>
    public string TargetId => targetId;

    /// <summary>The round trip of the emulated link before the target, in milliseconds; 0 for none.</summary>
    public virtual int LinkMilliseconds => 0;

    /// <summary>An iteration's requests at most, however many were asked for.</summary>
    public virtual int MostRequests => int.MaxValue;

    /// <summary>How long the body is that a request sends or gets, in bytes, where the class is about that; else 0.</summary>
    public virtual int BodyBytes => 0;

    /// <summary>The class's name in result files, which tells its rows from those of others; null in the default comparison.</summary>
    public virtual string? ClassName => null;

    /// <summary>The client patterns that no other class has, by their ids: a filter may name them without naming the class.</summary>
    public virtual IEnumerable<string> OwnClients => [];

    /// <summary>Why this machine cannot run a client pattern in the class, or in its case; null where it can.</summary>
    public virtual string? Unsupported(ClientPattern pattern) => null;

    /// <summary>Why the class says nothing about two machines; null where it does.</summary>
    public virtual string? NotBetweenMachines => LinkMilliseconds > 0 ? Emulated : null;

    /// <summary>What is true of every class that emulates a network.</summary>
    protected const string Emulated = "a link is emulated before servers of the same machine: two machines have a network of their own";

    /// <summary>Why a server that was started apart cannot be asked for the class; null where it can, and where the run started its own.</summary>
    public string? NotServed => Context is not { StartedApart: true, Server: { } server } ? null
        : NotBetweenMachines ?? (server.Targets.ContainsKey(TargetId) ? null : $"the server was not started with it: {ProgramName.Typed} serve {TargetId} serves it");

    /// <summary>Whether a network lies before the targets that decides how long a call takes.</summary>
    public bool IsFar => Context.WarmUp is not null;

    /// <summary>The HTTP version that is insisted on with a real target; null with every other, and for HTTP/1.1.</summary>
    public Version? InsistsOn => targetId == TargetIds.Real ? Context.HttpVersion : null;

    /// <summary>The run that this is part of.</summary>
    private protected RunContext Context { get; } = RunContext.Load();
}
