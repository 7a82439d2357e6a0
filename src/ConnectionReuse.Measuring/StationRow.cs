using System.Text.Json.Serialization;
using ConnectionReuse.Clients;

namespace ConnectionReuse.Measuring;

/// <summary>A client pattern on a target: what is timed and counted by itself.</summary>
/// <param name="Target">The target's name among those of its station.</param>
/// <param name="Client">The client pattern's id.</param>
internal sealed record StationRow(string Target, string Client)
{
    /// <summary>The client pattern, where it is one of this program's own.</summary>
    [JsonIgnore]
    public ClientPattern Pattern => ClientPatterns.All[Client];

    /// <summary>The name, such as <c>kestrel-http fresh</c>.</summary>
    public override string ToString() => $"{Target} {Client}";
}
