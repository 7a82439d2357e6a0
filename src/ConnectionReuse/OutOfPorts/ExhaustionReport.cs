using System.Text.Json.Serialization;

namespace ConnectionReuse.OutOfPorts;

/// <summary>What fresh clients came to when the ports ran out, and what the shared one did meanwhile.</summary>
/// <param name="Ports">Local ports that there were.</param>
/// <param name="FreshCalls">Calls that fresh clients made until one failed.</param>
/// <param name="FreshConnections">Connections on which the server saw them, as it counted.</param>
/// <param name="FreshOpened">Connections that the server accepted meanwhile.</param>
/// <param name="Failure">How it failed; null when none did.</param>
/// <param name="TimeWait">Sockets in TIME_WAIT at that moment.</param>
/// <param name="SharedCalls">Calls that the shared client made afterwards.</param>
/// <param name="SharedPorts">Ports on which the server saw the shared client.</param>
/// <param name="SharedOpened">Connections that the server accepted meanwhile.</param>
/// <param name="FreshSeconds">What the fresh clients' calls took, without the one that failed.</param>
/// <param name="SharedSeconds">What the shared client's calls took.</param>
internal sealed record ExhaustionReport(
    int Ports, int FreshCalls, int FreshConnections, int FreshOpened, string? Failure, int TimeWait, int SharedCalls, int SharedPorts, int SharedOpened, double FreshSeconds, double SharedSeconds);

/// <summary>JSON of the report, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExhaustionReport))]
internal sealed partial class ExhaustionJson : JsonSerializerContext;
