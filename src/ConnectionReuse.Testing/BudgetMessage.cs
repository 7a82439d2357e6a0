using System.Globalization;
using System.Text;

namespace ConnectionReuse.Testing;

/// <summary>What a test is told that breaks its budget: what happened, why it looks so, what to do.</summary>
internal static class BudgetMessage
{
    public static string Broken(ScopeCounts counts, string expected, bool tooFew)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Expected {expected}, but {counts.Opened} {(counts.Opened == 1 ? "was" : "were")} opened for {Requests(counts.Requests)}");
        text.Append(counts.Opened == 0 ? "." : ":");
        foreach (var origin in counts.ByOrigin)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {origin.Opened} x {origin.Origin} {origin.Version}, {Carried(origin)}");
        }

        text.Append('\n').Append(Finding.Of(counts, tooFew));
        if (counts.Failed > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Requests(counts.Failed)} failed; an attempt that is refused opens no connection and is not counted.");
        }

        return text.ToString();
    }

    public static string NothingProven(ScopeCounts counts)
    {
        var text = new StringBuilder("Nothing was proven: ");
        if (counts.Requests > 0 && counts.Failed >= counts.Requests)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Requests(counts.Requests)} of this scope failed before a connection was open. A refused attempt opens none: look at the exceptions of the requests.");
        }
        else if (counts.Requests > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Requests(counts.Requests)} of this scope went over no connection, so any budget would hold. ")
                .Append("A TestServer or a handler of your own answers without a socket: test against a real server (UseKestrel), or say mayProveNothing: true.");
        }
        else
        {
            text.Append("no request was seen in this scope. ").Append(counts switch
            {
                { Reaches: false } => "It was started in an async method that has returned, so it does not reach this test: start it in the test method or in a set-up that is not async, or take StartForProcess.",
                { OfTheProcess: true } => "Send one while it is open, or look at its origin: scheme, host and port must be those of the requests.",
                _ => "Requests of a worker that was started earlier, of a suppressed flow or of a server in a TestServer do not belong to it: start the scope before them, or take StartForProcess.",
            });
        }

        // Beside parallel tests these may be anybody's: a hint where the scope saw nothing, and noise elsewhere.
        if (!counts.OfTheProcess && (counts.OpenedOutside > 0 || counts.RequestsOutside > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nOutside any scope, {Connections(counts.OpenedOutside)} opened and {Requests(counts.RequestsOutside)} began meanwhile in this process.");
        }

        return text.ToString();
    }

    public static string Connections(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} connection{(count == 1 ? "" : "s")}");

    public static string Number(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Requests(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} request{(count == 1 ? "" : "s")}");

    private static string Carried(OriginConnections origin) => origin switch
    {
        { Opened: 1 } => $"carried {Requests(origin.MostRequests)}",
        { FewestRequests: var fewest, MostRequests: var most } when fewest == most => $"each carried {Requests(most)}",
        _ => string.Create(CultureInfo.InvariantCulture, $"each carried {origin.FewestRequests} to {Requests(origin.MostRequests)}"),
    };
}
