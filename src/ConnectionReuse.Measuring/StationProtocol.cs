using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Measuring;

/// <summary>
/// What a station and whoever asks it say to each other, one line each way: the station greets, gets its setup as JSON, and
/// answers one command after another; it ends with its standard input. Builds of different commits talk to each other, so a
/// change here is a new version; a new command is none, because a station that does not know it says that it failed.
/// </summary>
internal static class StationProtocol
{
    /// <summary>The version of the protocol; 1 was the gate's alone.</summary>
    public const int Version = 2;

    /// <summary>The role of a station's process, and the first word of its greeting.</summary>
    public const string Role = "station";

    /// <summary>Compile everything: answered when the JIT stands still.</summary>
    public const string Warm = "warm";

    /// <summary>Make the process's first call, by a client of its own, before anything is compiled: answered with its seconds.</summary>
    public const string First = "first";

    /// <summary>Make the first, untimed calls to a target: reusing clients open their connections.</summary>
    public const string Open = "open";

    /// <summary>Time some calls of a row after some untimed ones: answered with all seconds, and nanoseconds of each call.</summary>
    public const string Run = "run";

    /// <summary>Time and count some calls of a row: answered with a <see cref="CountedBlock"/>.</summary>
    public const string Count = "count";

    /// <summary>Count some calls of any pattern, made as it wants them, after those that prime it: answered as <see cref="Count"/> is.</summary>
    public const string Prove = "prove";

    /// <summary>Tell where the time of a row's calls goes.</summary>
    public const string Phases = "phases";

    /// <summary>Work some nanoseconds more in each call of a row from now on.</summary>
    public const string Slow = "slow";

    /// <summary>Tell the client patterns of the build: answered with their ids.</summary>
    public const string Patterns = "patterns";

    /// <summary>Keep the machine busy by fits and starts until the input ends: never answered.</summary>
    public const string Load = "load";

    /// <summary>The answer to a command that failed: the reason follows.</summary>
    public const string Failed = "failed";

    /// <summary>The program's arguments that run a station.</summary>
    public static IReadOnlyList<string> Arguments { get; } = ["role", Role];

    /// <summary>This build's greeting: the protocol's version and the commit that it was built from.</summary>
    public static string Greeting { get; } = $"{Role} {Version.ToString(CultureInfo.InvariantCulture)} {BuiltFrom.Commit ?? "unknown"}";

    /// <summary>The commit of a greeting.</summary>
    /// <exception cref="IOException">It is none, or of another version.</exception>
    public static string CommitOf(string name, string greeting) =>
        greeting.Split(' ') is not [Role, var version, var commit] ? throw new IOException($"{name} is no station; it said '{Shortened(greeting)}'")
        : version != Version.ToString(CultureInfo.InvariantCulture) ? throw OtherVersion(name, $"version {version}")
        : commit;

    /// <summary>What is wrong with a build of another version.</summary>
    public static IOException OtherVersion(string name, string version) =>
        new($"{name} speaks {version} of the stations' protocol, this program version {Version}: publish both builds from commits that agree");

    /// <summary>What somebody else's program said, fit for one line.</summary>
    public static string Shortened(string text, int most = 80)
    {
        var line = string.Concat(text.Where(letter => !char.IsControl(letter)));
        return line.Length > most ? line[..most] + "..." : line;
    }

    /// <summary>Letters of a reason that are passed on: it may name a URL.</summary>
    public const int LongestReason = 400;
}

/// <summary>A station answered that it could not do what it was asked.</summary>
/// <param name="message">Who could not do what, and why.</param>
/// <param name="reason">Why.</param>
internal sealed class FailedAnswerException(string message, string reason) : IOException(message)
{
    /// <summary>Why, in the station's words, fit for one line.</summary>
    public string Reason => reason;
}
