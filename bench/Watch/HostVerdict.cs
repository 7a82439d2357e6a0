using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Watch;

/// <summary>Whether the calls to a host share connections, and if not, why, as far as events tell.</summary>
/// <param name="Calls">Requests whose headers were sent.</param>
/// <param name="Connections">Connections opened, and those from before that carried a call.</param>
/// <param name="IsReused">Whether there are no more connections than calls at once; null where that cannot be told.</param>
/// <param name="Cause">Why there are more.</param>
/// <param name="Evidence">What was seen, as a clause without a full stop.</param>
/// <param name="Remedy">What to do, as a clause without a full stop; null where nothing needs to be done.</param>
internal sealed record HostVerdict(int Calls, int Connections, bool? IsReused, ReuseCause Cause, string Evidence, string? Remedy = null)
{
    /// <summary>The verdict in words.</summary>
    public string Sentence
    {
        get
        {
            var share = string.Create(CultureInfo.InvariantCulture, $"{(double)Calls / Connections:0.0} calls a connection");
            var finding = IsReused is null ? Evidence : $"{share}: {Evidence}";
            return Remedy is null ? $"{finding}." : $"{finding}. Remedy: {Remedy}.";
        }
    }
}
