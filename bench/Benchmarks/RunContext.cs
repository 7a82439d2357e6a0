using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>
/// What the benchmark processes must know of the run: a file in a directory that an environment variable names. What a URL holds
/// that is nobody's business is not in the file, which a run that is killed leaves behind, but in a variable of its own.
/// </summary>
public sealed record RunContext
{
    /// <summary>The environment variable with the run's directory.</summary>
    public const string Variable = "CONNECTION_REUSE_RUN";

    /// <summary>The environment variable with the real targets' full URLs.</summary>
    public const string UrlsVariable = "CONNECTION_REUSE_URLS";

    /// <summary>The environment variable with the request of the user's.</summary>
    public const string RequestVariable = "CONNECTION_REUSE_REQUEST";

    private const string FileName = "run.json";

    /// <summary>What the launches of each row do, by the full names of their benchmarks.</summary>
    public IReadOnlyDictionary<string, RowPlan> Rows { get; init; } = new Dictionary<string, RowPlan>();

    /// <summary>The User-Agent for real targets.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The HTTP version to insist on with real targets; null for HTTP/1.1.</summary>
    public Version? HttpVersion { get; init; }

    /// <summary>The client patterns of <see cref="RealClientLifetimes"/>, by their ids; empty for all.</summary>
    public IReadOnlyList<string> Clients { get; init; } = [];

    /// <summary>Where the local targets are; null when none was started.</summary>
    public ServerReady? Server { get; init; }

    /// <summary>Whether somebody has started it apart, on another machine as a rule.</summary>
    public bool StartedApart { get; init; }

    /// <summary>The same targets near by, to warm up on where a network lies before those that are timed; null where none does.</summary>
    public ServerReady? WarmUp { get; init; }

    /// <summary>Where the local targets are behind emulated links, by the links' round trips in milliseconds.</summary>
    public IReadOnlyDictionary<int, ServerReady> Linked { get; init; } = new Dictionary<int, ServerReady>();

    /// <summary>The real targets' full URLs, which the file does not hold.</summary>
    [JsonIgnore]
    public IReadOnlyList<Uri> RealUrls { get; init; } = [DefaultRealUrl];

    /// <summary>What each call to a real target is, which the file does not hold.</summary>
    [JsonIgnore]
    public OwnRequest Request { get; init; } = OwnRequest.Plain;

    /// <summary>Whether shared clients ask the server to close their connection, to see that the run notices.</summary>
    public bool SharedAsksToClose { get; init; }

    /// <summary>The cores that a launch may use for what is not timed; null where it cannot choose.</summary>
    public byte[]? UntimedCores { get; init; }

    /// <summary>Real targets that answered with a failure, as <see cref="PublicUrl"/> shows them: they get no more requests.</summary>
    public IReadOnlyList<string> LeftAlone { get; init; } = [];

    /// <summary>The site of the documented measurement.</summary>
    public static Uri DefaultRealUrl { get; } = new("https://www.wikipedia.org/");

    /// <summary>The directory of the run; null outside one.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable(Variable);

    /// <summary>Reads the context of the run; outside one, the defaults.</summary>
    public static RunContext Load() => Load(Folder, Environment.GetEnvironmentVariable(UrlsVariable), Environment.GetEnvironmentVariable(RequestVariable));

    /// <summary>Reads a context; without a folder or a file in it, the defaults.</summary>
    /// <param name="folder">Where the file is.</param>
    /// <param name="urls">What <see cref="Urls"/> said of the real targets.</param>
    /// <param name="request">What <see cref="RequestText"/> said of the calls to them.</param>
    internal static RunContext Load(string? folder, string? urls, string? request = null)
    {
        var path = folder is null ? null : Path.Combine(folder, FileName);
        return path is null || !File.Exists(path) ? new RunContext() : JsonSerializer.Deserialize(File.ReadAllText(path), RunJson.Default.RunContext)! with
        {
            RealUrls = urls is null ? [] : JsonSerializer.Deserialize(urls, RunJson.Default.IReadOnlyListUri)!,
            Request = request is null ? OwnRequest.Plain : JsonSerializer.Deserialize(request, RunJson.Default.OwnRequest)!,
        };
    }

    /// <summary>The real targets' full URLs, for the environment of the processes to come.</summary>
    public string Urls() => JsonSerializer.Serialize(RealUrls, RunJson.Default.IReadOnlyListUri);

    /// <summary>The request of the user's, for the environment of the processes to come.</summary>
    public string RequestText() => JsonSerializer.Serialize(Request, RunJson.Default.OwnRequest);

    /// <summary>Tells the processes to come where the context is.</summary>
    public void Announce(string folder)
    {
        Save(folder);
        Environment.SetEnvironmentVariable(Variable, folder);
        Environment.SetEnvironmentVariable(UrlsVariable, Urls());
        Environment.SetEnvironmentVariable(RequestVariable, RequestText());
    }

    /// <summary>Tells the processes to come nothing.</summary>
    public static void Retract()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        Environment.SetEnvironmentVariable(UrlsVariable, null);
        Environment.SetEnvironmentVariable(RequestVariable, null);
    }

    /// <summary>Writes the context for the processes to come.</summary>
    public void Save(string folder) =>
        File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, RunJson.Default.RunContext));

    /// <summary>Where a local target is; without a port where this machine cannot serve it.</summary>
    public Uri UrlOf(string id) => Server?.Targets.GetValueOrDefault(id) ?? new Uri("https://localhost/");

    /// <summary>A local target that warms up what calls another one, or the same over a network.</summary>
    /// <exception cref="InvalidOperationException">The run has no such target.</exception>
    public Target WarmUpTarget(string id) => WarmUp?.Target(id) ?? Target(id);

    /// <summary>A target of the run.</summary>
    /// <param name="id">The target's id.</param>
    /// <param name="publicUrl">For a real target, its URL as <see cref="PublicUrl"/> shows it.</param>
    /// <param name="linkMilliseconds">The round trip of the emulated link before it; 0 for none.</param>
    /// <exception cref="InvalidOperationException">The run has no such target.</exception>
    public Target Target(string id, string? publicUrl = null, int linkMilliseconds = 0)
    {
        if (id == TargetIds.Real)
        {
            return Request.On(new Target(id, RealUrls.Single(url => PublicUrl.Of(url) == publicUrl)) { UserAgent = UserAgent, HttpVersion = HttpVersion });
        }

        var server = linkMilliseconds == 0 ? Server : Linked[linkMilliseconds];
        return server?.Target(id) ?? throw new InvalidOperationException($"no local server runs; start benchmarks with {ProgramName.Typed}");
    }
}

/// <summary>JSON of the run's context, without reflection.</summary>
[JsonSerializable(typeof(RunContext))]
[JsonSerializable(typeof(IReadOnlyList<Uri>))]
[JsonSerializable(typeof(OwnRequest))]
internal sealed partial class RunJson : JsonSerializerContext;
