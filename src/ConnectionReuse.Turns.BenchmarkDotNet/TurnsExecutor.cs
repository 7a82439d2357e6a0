using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Toolchains.Parameters;
using BenchmarkDotNet.Toolchains.Results;

namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>
/// The first launch of any benchmark of a group launches all of them; each further call returns what is there. A benchmark
/// whose launch failed takes part in no later one, as BenchmarkDotNet has it.
/// </summary>
internal sealed class TurnsExecutor(IExecutor inner, TurnGroups groups, TurnsOptions options) : IExecutor
{
    private readonly Dictionary<(BenchmarkCase Benchmark, int Launch), MemberLaunch> _finished = [];
    private readonly HashSet<BenchmarkCase> _failed = [];

    public ExecuteResult Execute(ExecuteParameters executeParameters)
    {
        var (benchmark, launch) = (executeParameters.BenchmarkCase, executeParameters.LaunchIndex);
        if (!_finished.ContainsKey((benchmark, launch)))
        {
            Launch(executeParameters);
        }

        _finished.Remove((benchmark, launch), out var member);
        executeParameters.Logger.Write(LogKind.Default, member!.Log);
        return member.Result;
    }

    private void Launch(ExecuteParameters asked)
    {
        var launch = asked.LaunchIndex;

        // A diagnoser's run of its own, which discards the times, comes behind the last launch: it runs alone.
        var ofADiagnoser = launch > Math.Max(1, asked.BenchmarkCase.Job.ResolveValue(global::BenchmarkDotNet.Jobs.RunMode.LaunchCountCharacteristic, asked.Resolver, 1));
        var members = groups.Of(asked.BenchmarkCase)
            .Where(member => member.BenchmarkCase == asked.BenchmarkCase || (!ofADiagnoser && !_failed.Contains(member.BenchmarkCase)))
            .ToArray();
        if (!ofADiagnoser)
        {
            options.Launching?.Invoke([.. members.Select(member => member.BenchmarkCase)], launch);
        }

        var diagnosers = new Lock();
        var launches = members.Select(member => new MemberLaunch(inner, asked, member, new TurnTaker(DiagnoserOf(asked, member), diagnosers, StagedEngineFactory.Stages(member.BenchmarkCase)))).ToArray();
        new TurnTable(launches, launch, options).Run();
        foreach (var member in launches.OrderBy(member => member.Taker.Killed)) // whose failure it was comes first
        {
            _finished[(member.Benchmark, launch)] = member;
            if (!member.Result.IsSuccess)
            {
                _failed.Add(member.Benchmark);
            }

            if (!ofADiagnoser)
            {
                options.Launched?.Invoke(new Launched(
                    member.Benchmark, launch, launches.Length > 1 ? member.Turns : 0, member.Result, Notes.In(member.Result.PrefixedLines)));
            }
        }
    }

    // BenchmarkDotNet gives a diagnoser to the last launch of each benchmark only.
    private static IDiagnoser? DiagnoserOf(ExecuteParameters asked, BenchmarkBuildInfo member) =>
        asked.Diagnoser is null || member.BenchmarkCase == asked.BenchmarkCase ? asked.Diagnoser
        : member.Config.GetCompositeDiagnoser(member.BenchmarkCase, RunMode.NoOverhead);
}
