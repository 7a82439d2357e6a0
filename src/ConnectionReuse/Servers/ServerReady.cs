using System.Text.Json.Serialization;

namespace ConnectionReuse.Servers;

/// <summary>The server process's first and only line on standard output: where its targets are.</summary>
/// <param name="Targets">URL by target id.</param>
/// <param name="ControlPort">The loopback port that answers <see cref="ServerControl"/>.</param>
/// <param name="AuthorityPem">The public certificate to trust.</param>
public sealed record ServerReady(IReadOnlyDictionary<string, Uri> Targets, int ControlPort, string AuthorityPem);

/// <summary>JSON of the server process, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServerReady))]
public sealed partial class ServerJson : JsonSerializerContext;
