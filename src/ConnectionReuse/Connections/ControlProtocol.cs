using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConnectionReuse.Results;

namespace ConnectionReuse.Connections;

/// <summary>
/// What a server process and whoever asks it say to each other, one line each way, as stations do. A question is answered alike
/// over every way there: the pipe of the process that started it, loopback, or a network. Over a network the server greets with
/// its commit and a number that it never uses twice, and is told <see cref="Open"/> or <see cref="Join"/> with a proof first; the token itself never travels.
/// </summary>
internal static class ControlProtocol
{
    /// <summary>The version of what is said over a network.</summary>
    public const int Version = 1;

    /// <summary>The port of a control for which nobody names another.</summary>
    public const int DefaultPort = 5100;

    /// <summary>The question for the memory of the server's process: no target has this id.</summary>
    public const string Memory = "memory";

    /// <summary>The question for the methods that the server's process has compiled so far.</summary>
    public const string Compiled = "compiled";

    /// <summary>The question whether anybody is there: answered with the same word.</summary>
    public const string Ping = "ping";

    /// <summary>Whoever has started a server on a network lets clients in: answered with the same word.</summary>
    public const string Admit = "admit";

    /// <summary>The turn is asked for, with a proof by the token: answered with where everything is, as JSON.</summary>
    public const string Open = "open";

    /// <summary>Another process of the client whose turn it is, with a proof by what <see cref="SessionOf"/> makes: answered with the word.</summary>
    public const string Join = "join";

    /// <summary>The answer to who is not let in: <see cref="Busy"/> or <see cref="NoProof"/> follows.</summary>
    public const string Failed = "failed";

    /// <summary>Another client has the turn.</summary>
    public const string Busy = "busy";

    /// <summary>The proof was made with something else than the server's token, or the turn has ended.</summary>
    public const string NoProof = "proof";

    /// <summary>The variable of the environment that has the token, at both ends: an option would show it to everybody on the machine.</summary>
    public const string TokenVariable = "CONNECTION_REUSE_TOKEN";

    private const string Name = "server";

    /// <summary>The commit that this build says it is.</summary>
    public static string Commit { get; } = BuiltFrom.Commit ?? "unknown";

    /// <summary>What a server greets with.</summary>
    /// <param name="commit">The commit that it was built from.</param>
    /// <param name="nonce">A number that it never uses twice.</param>
    public static string Greeting(string commit, string nonce) => $"{Name} {Version.ToString(CultureInfo.InvariantCulture)} {commit} {nonce}";

    /// <summary>A number that is never used twice.</summary>
    public static string NewNonce() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The parts of a greeting; null where it is none of any version.</summary>
    public static (string Version, string Commit, string Nonce)? PartsOf(string greeting)
    {
        ArgumentNullException.ThrowIfNull(greeting);
        return greeting.Split(' ') is [Name, var version, var commit, var nonce] ? (version, commit, nonce) : null;
    }

    /// <summary>The proof that somebody has a key, good for one greeting.</summary>
    /// <param name="key">The token, or a session.</param>
    /// <param name="word">What it is the proof for.</param>
    /// <param name="nonce">The greeting's number.</param>
    public static string Proof(string key, string word, string nonce) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{word} {nonce}")));

    /// <summary>The key of a turn, which both ends know without sending it.</summary>
    /// <param name="token">The token.</param>
    /// <param name="nonce">The number of the greeting that the turn began with.</param>
    public static string SessionOf(string token, string nonce) => Proof(token, "session", nonce);

    /// <summary>Whether a proof is the right one, in a time that does not tell how much of it is.</summary>
    public static bool Proves(string given, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(right));
}
