using System.Diagnostics;
using System.Text.RegularExpressions;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Processes;
using ConnectionReuse.Tests.Documentation;
using ConnectionReuse.Tests.EndToEnd;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

/// <summary>The action and its sample workflow, step by step, in a repository of somebody else's.</summary>
[Collection(nameof(TheProgramBeside))]
public sealed partial class GateActionTests : IDisposable
{
    private static readonly string Action = Path.Combine(Source.Repository, ".github", "actions", "gate");

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly UsersBuild _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Its_script_turns_inputs_into_a_gate_and_its_verdict_into_a_summary()
    {
        LongTests.SkipUnlessAsked();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the action runs bash");
        var tool = _files.Write("connection-reuse/connection-reuse", $"#!/bin/sh\nexec dotnet {Path.Combine(AppContext.BaseDirectory, "ConnectionReuse.Bench.dll")} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var environment = new Dictionary<string, string>
        {
            ["PATTERNS"] = _files.Compile("new", UsersBuild.ClientPerCall),
            ["CONNECTIONS"] = _files.Write("connections.json", """{ "calls": 10, "clients": { "orders-client": { "connections": 1 } } }"""),
            ["RESPOND"] = _files.Write("an order.json", """{"id":5}"""),
        };

        var run = await RunAsync(_files.Folder.FullName, $"bash {Path.Combine(Action, "gate.sh")}", environment);

        Assert.True(run.ExitCode == (int)ExitCode.DoesNotHold, run.Errors);
        Assert.Contains("10 connections for 10 calls, 1 allowed", await File.ReadAllTextAsync(Summary, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_files.Folder.FullName, "gate-report", "gate.json")));
    }

    [Fact]
    public async Task The_sample_workflow_finds_a_client_per_call_in_a_scratch_repository()
    {
        LongTests.SkipUnlessAsked();
        var packages = Path.Combine(_files.Folder.FullName, "packages");
        Assert.Equal(0, (await Scripts.RunAsync(Path.Combine(Source.Repository, "run.sh"), ["pack", packages])).ExitCode);
        var project = Path.Combine(_files.Folder.FullName, "repository");
        var version = Path.GetFileNameWithoutExtension(Directory.GetFiles(packages, "ConnectionReuse.Abstractions.*.nupkg").Single())["ConnectionReuse.Abstractions.".Length..];
        _files.Write("repository/nuget.config", $"""<configuration><packageSources><clear /><add key="here" value="{packages}" /></packageSources></configuration>""");
        _files.Write("repository/order.json", """{"id":5}""");
        _files.Write("repository/MyApi.Guard/MyApi.Guard.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
              <ItemGroup><PackageReference Include="ConnectionReuse.Abstractions" Version="{version}" /></ItemGroup>
            </Project>
            """);
        await CommitAsync(project, UsersBuild.Code);
        await CommitAsync(project, UsersBuild.ClientPerCall);
        var installed = await RunAsync(project, Steps("action.yml")[0], new Dictionary<string, string> { ["VERSION"] = version });
        Assert.True(installed.ExitCode == 0, installed.Output + installed.Errors);

        var built = await RunAsync(project, Steps("sample.yml")[0], []);
        Assert.True(built.ExitCode == 0, built.Output + built.Errors);
        var inputs = new Dictionary<string, string>
        {
            ["GITHUB_ACTION_PATH"] = Action,
            ["PATTERNS"] = "MyApi.Guard.dll",
            ["BASE_DIR"] = Path.Combine(_files.Folder.FullName, "old"),
            ["HEAD_DIR"] = Path.Combine(_files.Folder.FullName, "new"),
            ["RESPOND"] = "order.json",
        };
        var gate = await RunAsync(project, Steps("action.yml")[1], inputs);

        Assert.True(gate.ExitCode == (int)ExitCode.DoesNotHold, gate.Errors);
        var summary = await File.ReadAllTextAsync(Summary, TestContext.Current.CancellationToken);
        Assert.Contains("**regression**: kestrel-http orders-client connections, kestrel-https orders-client connections", summary, StringComparison.Ordinal);
        var head = (await RunAsync(project, "git rev-parse --short=7 HEAD", [])).Output.Trim();
        Assert.Contains($"### Performance gate: new ({head}) against old", summary, StringComparison.Ordinal);
    }

    private string Summary => Path.Combine(_files.Folder.FullName, "summary.md");

    // The shell steps of a workflow, in their order: one line behind `run:`, or the block below `run: |`.
    private static string[] Steps(string file) =>
    [
        .. Run().Matches(File.ReadAllText(Path.Combine(Action, file))).Select(match => match.Groups["line"].Success
            ? match.Groups["line"].Value
            : string.Join('\n', match.Groups["block"].Value.Split('\n').Select(line => line.Trim()))),
    ];

    private async Task CommitAsync(string project, string code)
    {
        _files.Write("repository/MyApi.Guard/OrdersClient.cs", code);
        var committed = await RunAsync(project, "git init --quiet && git add --all && git -c user.name=test -c user.email=test@localhost commit --quiet -m change", []);
        Assert.True(committed.ExitCode == 0, committed.Errors);
    }

    private Task<ProcessOutput> RunAsync(string folder, string script, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { WorkingDirectory = folder };
        start.Environment["RUNNER_TEMP"] = _files.Folder.FullName;
        start.Environment["GITHUB_STEP_SUMMARY"] = Summary;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return ChildProcess.RunAsync(start, "bash", Patience, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"^ +run: (?:\|\n(?<block>(?: {10}.*\n?)+)|(?<line>.+))", RegexOptions.Multiline)]
    private static partial Regex Run();
}
