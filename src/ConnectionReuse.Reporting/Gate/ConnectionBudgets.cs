using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>What clients may use, by their ids: a project's <c>connections.json</c>.</summary>
/// <param name="Calls">Calls that the budgets are for, one after another.</param>
/// <param name="Clients">The budget of each client.</param>
internal sealed record ConnectionBudgets(IReadOnlyDictionary<string, ConnectionBudget> Clients, int Calls = DocumentedFigures.Calls)
{
    private const int MostCalls = 10_000;

    /// <summary>Reads the budgets.</summary>
    /// <exception cref="FormatException">They are none; the message is one line.</exception>
    public static ConnectionBudgets Parse(string json)
    {
        try
        {
            var budgets = JsonSerializer.Deserialize(json, ConnectionBudgetsJson.Default.ConnectionBudgets);
            return budgets is null or { Clients: null or { Count: 0 } } ? throw new FormatException("clients: no client has a budget")
                : budgets.Calls is < 2 or > MostCalls ? throw new FormatException($"calls: a number from 2 to {MostCalls}")
                : budgets.Clients.FirstOrDefault(client => client.Value is null or { Connections: < 1 } or { BytesPerRequest: <= 0 }) is { Key: { } wrong }
                    ? throw new FormatException($"clients: '{wrong}': connections is a whole number from 1 up, bytesPerRequest a number above 0")
                : budgets;
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message.Split('\n')[0], e);
        }
    }

    /// <summary>Holds what was counted against the budgets.</summary>
    /// <param name="counted">What each row opened and allocated.</param>
    public IReadOnlyList<GateRow> Judge(IReadOnlyList<PatternCounts> counted)
    {
        ArgumentNullException.ThrowIfNull(counted);
        return [.. counted.SelectMany(row => Judge(row, Clients[row.Client]))];
    }

    private static IEnumerable<GateRow> Judge(PatternCounts row, ConnectionBudget budget)
    {
        if (row.Seen is not { Carrying: { } carrying, Opened: { } opened } seen)
        {
            yield return new GateRow { Name = row.Name, Measure = GateMeasure.Connections, Verdict = GateVerdict.Regression, Reason = $"its calls fail: {row.Failure}", Threshold = budget.Connections };
            yield break;
        }

        // Of a warm client: a reused one has opened its connection before, and carries the calls over it all the same.
        var used = Math.Max(carrying, opened);
        yield return new GateRow
        {
            Name = row.Name,
            Measure = GateMeasure.Connections,
            Verdict = used > budget.Connections ? GateVerdict.Regression : GateVerdict.Ok,
            Reason = $"{Count(used)} for {seen.Requests} calls, {budget.Connections} allowed",
            Estimate = used,
            Threshold = budget.Connections,
        };
        if (budget.BytesPerRequest is { } allowed && seen.AllocatedBytes is { } bytes)
        {
            var each = (double)bytes / seen.Requests;
            yield return new GateRow
            {
                Name = row.Name,
                Measure = GateMeasure.Allocations,
                Verdict = each > allowed ? GateVerdict.Regression : GateVerdict.Ok,
                Reason = $"{Figure.Text(each, 0)} B per call, {Figure.Text(allowed, 0)} B allowed",
                Estimate = each - allowed,
                Threshold = 0,
            };
        }
    }

    private static string Count(long connections) => connections == 1 ? "1 connection" : $"{connections} connections";
}

/// <summary>What one client may use.</summary>
/// <param name="Connections">Connections that may carry the calls of a warm client.</param>
/// <param name="BytesPerRequest">Bytes that a call may allocate in the client's process; null for any.</param>
internal sealed record ConnectionBudget(int Connections, double? BytesPerRequest = null);

/// <summary>JSON of budgets, without reflection; a member that it does not know is an error, because it would be ignored otherwise.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(ConnectionBudgets))]
internal sealed partial class ConnectionBudgetsJson : JsonSerializerContext;
