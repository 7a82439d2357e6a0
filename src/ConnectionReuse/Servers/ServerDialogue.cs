using System.Globalization;
using System.Runtime;
using ConnectionReuse.Connections;
using ConnectionReuse.Memory;

namespace ConnectionReuse.Servers;

/// <summary>What a server process answers to the questions of <see cref="ControlProtocol"/>, whichever way they come.</summary>
/// <param name="servers">What they are about.</param>
/// <param name="admit">Lets clients in; null where they may come from the start.</param>
internal sealed class ServerDialogue(LocalServers servers, Action? admit = null)
{
    private readonly IReadOnlyDictionary<string, ILocalServer> _servers = servers.ByTarget; // made anew at each look

    /// <summary>The answer: a target's counts (<see cref="CountsLine"/>), which starts a new epoch for it, or what else is asked; empty to what nobody knows.</summary>
    public string Answer(string question) => question switch
    {
        ControlProtocol.Admit when admit is not null => Admitted(admit),
        ControlProtocol.Memory => ProcessMemory.AfterFullCollection().ToLine(),
        ControlProtocol.Compiled => JitInfo.GetCompiledMethodCount().ToString(CultureInfo.InvariantCulture),
        ControlProtocol.Ping => ControlProtocol.Ping,
        _ => _servers.TryGetValue(question, out var server) ? CountsLine.Of(server.Counter.Mark()) : string.Empty,
    };

    private static string Admitted(Action admit)
    {
        admit();
        return ControlProtocol.Admit;
    }

    /// <summary>Answers one line after the other until they end.</summary>
    public async Task AnswerAsync(TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        while (await input.ReadLineAsync(cancellationToken) is { } question)
        {
            await output.WriteLineAsync(Answer(question).AsMemory(), cancellationToken);
            await output.FlushAsync(cancellationToken);
        }
    }
}
