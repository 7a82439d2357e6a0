using System.Globalization;
using System.Text.Json.Serialization;

namespace ConnectionReuse.Results;

/// <summary>Whether calls share connections, and if not, who ends them and why.</summary>
/// <param name="Requests">Calls that were answered.</param>
/// <param name="Connections">Connections that carried them.</param>
/// <param name="Cause">Who ends them and why.</param>
/// <param name="Evidence">What was seen, as a clause without a full stop, such as <c>the server closes after each response (Connection: close)</c>.</param>
/// <param name="Remedy">What to do, as a clause without a full stop; null where nothing needs to be done or nothing is known.</param>
public sealed record ReuseVerdict(int Requests, int Connections, ReuseCause Cause, string Evidence, string? Remedy = null)
{
    /// <summary>Whether one connection carried all calls.</summary>
    [JsonIgnore]
    public bool IsReused => Connections <= 1;

    /// <summary>Whether each call had a connection of its own.</summary>
    [JsonIgnore]
    public bool IsNotReused => Requests > 1 && Connections >= Requests;

    /// <summary>The verdict and its remedy in words.</summary>
    [JsonIgnore]
    public string Sentence => Remedy is null ? $"{Finding}." : $"{Finding}. Remedy: {Remedy}.";

    private string Finding => this switch
    {
        { IsReused: true } => $"Reused: {Evidence}",
        { IsNotReused: true } => $"Not reused: {Evidence}",
        _ => string.Create(CultureInfo.InvariantCulture, $"Partly reused, {(double)Requests / Connections:0.#} calls a connection: {Evidence}"),
    };
}
