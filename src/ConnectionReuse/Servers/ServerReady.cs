using System.Net;
using System.Text.Json.Serialization;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Servers;

/// <summary>The server process's first line on standard output: where its targets are.</summary>
/// <param name="Targets">URL by target id.</param>
/// <param name="ControlPort">The port that answers <see cref="ServerControl"/>.</param>
/// <param name="AuthorityPem">The public certificate to trust.</param>
public sealed record ServerReady(IReadOnlyDictionary<string, Uri> Targets, int ControlPort, string AuthorityPem)
{
    /// <summary>The IP address that answers <see cref="ServerControl"/>; null for loopback.</summary>
    public string? ControlHost { get; init; }

    /// <summary>What lets a process of this client in there; null where nothing is asked for.</summary>
    public string? Session { get; init; }

    /// <summary>Where it tells what it has counted.</summary>
    internal ControlAddress Control => ControlHost is null ? ControlAddress.OnLoopback(ControlPort) : new ControlAddress(IPAddress.Parse(ControlHost), ControlPort, Session);

    /// <summary>The named target, as a client sees it.</summary>
    /// <exception cref="KeyNotFoundException">The process does not serve it.</exception>
    public Target Target(string id) => new(id, Targets[id])
    {
        ExpectedLength = LocalResponse.Body.Length,
        Trust = new TrustedRoot(AuthorityPem),
        HttpVersion = id == TargetIds.KestrelHttp3 ? HttpVersion.Version30 : null,
    };
}

/// <summary>JSON of the server process, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServerReady))]
[JsonSerializable(typeof(NetworkSetup))]
[JsonSerializable(typeof(NetworkReady))]
internal sealed partial class ServerJson : JsonSerializerContext;
