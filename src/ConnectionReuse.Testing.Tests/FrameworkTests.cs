using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ConnectionReuse.Testing.Tests;

/// <summary>The samples, run as their users run them: each framework passes what keeps its budget and reports what breaks it as a failure.</summary>
public sealed partial class FrameworkTests
{
    public static TheoryData<string> Frameworks => ["XunitV3", "NUnit", "MSTest", "TUnit"];

    [Theory]
    [MemberData(nameof(Frameworks))]
    public async Task A_client_that_keeps_its_connection_passes(string framework)
    {
        var (exitCode, output) = await RunAsync(framework, "shared");

        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("Expected at most", output, StringComparison.Ordinal);
        Assert.Matches(Passed(), output);
    }

    [Theory]
    [MemberData(nameof(Frameworks))]
    public async Task A_client_for_each_call_fails_each_budget_with_its_message(string framework)
    {
        var (exitCode, output) = await RunAsync(framework, "fresh");

        Assert.NotEqual(0, exitCode);
        foreach (var (requests, tests) in (ReadOnlySpan<(int, int)>)[(30, 2), (10, 1), (20, 1)])
        {
            var message = $"Expected at most 1 connection, but {requests} were opened for {requests} requests:";
            Assert.True(Regex.Count(output, Regex.Escape(message)) >= tests, $"{message} is missing in:\n{output}");
        }

        Assert.Contains("Keep one HttpClient (or IHttpClientFactory).", output, StringComparison.Ordinal);
        Assert.Matches(Failed(), output);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string framework, string client)
    {
        var folder = Path.Combine(Samples(), framework, "bin", Configuration, "net10.0");
        var program = Path.Combine(folder, $"ConnectionReuse.Testing.{framework}.Tests.dll");
        Assert.SkipUnless(File.Exists(program), $"The sample of {framework} is not built: dotnet build Benchmarks.sln -c {Configuration}");
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["ORDERS_CLIENT"] = client;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await error;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;

    private static string Samples([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "ConnectionReuse.Testing.Samples");

    [GeneratedRegex(@"(?i)(total|succeeded|passed):\s*4\b")]
    private static partial Regex Passed();

    [GeneratedRegex(@"(?i)(failed):\s*4\b")]
    private static partial Regex Failed();
}
