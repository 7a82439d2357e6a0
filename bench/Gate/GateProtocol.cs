using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Gate;

/// <summary>
/// What gate and client process say to each other, one line each way: the client greets, gets its setup as JSON, and
/// answers one command after another. Builds of different commits talk to each other, so a change here is a new version;
/// a new command is none, because a client that does not know it says that it failed.
/// </summary>
public static class GateProtocol
{
    /// <summary>The version of the protocol.</summary>
    public const int Version = 1;

    /// <summary>Compile everything: answered when the JIT stands still.</summary>
    public const string Warm = "warm";

    /// <summary>Time some calls of a row: answered with seconds.</summary>
    public const string Run = "run";

    /// <summary>Count some calls of a row: answered with counts.</summary>
    public const string Count = "count";

    /// <summary>Work some nanoseconds more in each call of a row from now on.</summary>
    public const string Slow = "slow";

    /// <summary>Tell the client patterns of the build: answered with their ids.</summary>
    public const string Patterns = "patterns";

    /// <summary>Count some calls of any pattern, made as it wants them, after those that prime it: answered with counts.</summary>
    public const string Prove = "prove";

    /// <summary>The answer to a command that failed: the reason follows.</summary>
    public const string Failed = "failed";

    /// <summary>This build's greeting: the protocol's version and the commit that it was built from.</summary>
    public static string Greeting { get; } = $"gate {Version.ToString(CultureInfo.InvariantCulture)} {Commit()}";

    /// <summary>The commit of a greeting.</summary>
    /// <exception cref="IOException">It is none, or of another version.</exception>
    public static string CommitOf(string name, string greeting)
    {
        ArgumentNullException.ThrowIfNull(greeting);
        return greeting.Split(' ') is not ["gate", var version, var commit] ? throw new IOException($"{name} does not know the gate; it said '{Shortened(greeting)}'")
            : version != Version.ToString(CultureInfo.InvariantCulture) ? throw new IOException($"{name} speaks version {version} of the gate's protocol, this program version {Version}: publish both builds from commits that agree")
            : commit;
    }

    /// <summary>Counts as words of a line.</summary>
    public static string Words(ArmCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return string.Create(CultureInfo.InvariantCulture,
            $"{counts.Requests} {counts.Carrying} {counts.Opened} {counts.Accepted} {counts.FullHandshakes} {counts.ResumedHandshakes} {counts.AllocatedBytes}");
    }

    /// <summary>The counts of such words.</summary>
    /// <exception cref="FormatException">They are no counts.</exception>
    public static ArmCounts Counts(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return Array.ConvertAll(words.Split(' '), word => long.Parse(word, CultureInfo.InvariantCulture)) is [> 0 and var requests, var carrying, var opened, var accepted, var full, var resumed, var bytes]
            ? new ArmCounts((int)requests, carrying, opened, accepted, full, resumed, bytes)
            : throw new FormatException($"'{words}' are no counts");
    }

    /// <summary>What somebody else's program said, fit for one line.</summary>
    public static string Shortened(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = string.Concat(text.Where(letter => !char.IsControl(letter)));
        return line.Length > 80 ? line[..80] + "..." : line;
    }

    // The SDK writes the commit behind the version's plus sign.
    private static string Commit() =>
        typeof(GateProtocol).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, var commit] ? commit : "unknown";
}

/// <summary>What a client process must know.</summary>
/// <param name="Server">Where the targets are.</param>
/// <param name="Cores">The cores that it may use while nothing is timed; null where it cannot choose.</param>
/// <param name="Mutation">What to break in it, to see that the gate notices; null for nothing.</param>
/// <param name="Keys">The rows whose clients it holds.</param>
public sealed record GateSetup(ServerReady Server, byte[]? Cores, Mutation? Mutation, IReadOnlyList<GateKey> Keys);

/// <summary>JSON of the setup, without reflection.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(GateSetup))]
public sealed partial class GateSetupJson : JsonSerializerContext;
