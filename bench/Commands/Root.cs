using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using Spectre.Console;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The command line: verbs, options, and every error in one line.</summary>
internal static class Root
{
    /// <summary>What the help shows below its options.</summary>
    public const string Examples = """

        Examples:
          ./run.sh                                      the default comparison
          ./run.sh --offline                            without a real target
          ./run.sh --target https://example.org/        your own URL
          ./run.sh --filter '*WireMock*'                some rows only
          ./run.sh --launchCount 10 --iterationCount 5  more rounds, fewer iterations
          ./run.sh --filter '*.Shared' -- --hide Error  what follows -- is BenchmarkDotNet's
          ./run.sh timeit                               the quick measurement, with where a call's time goes
          ./run.sh timeit kestrel-https --rtt 50ms      over an emulated network
          ./run.sh timeit --documented                  the documented session, reproduced
          ./run.sh timeit --peers                       beside Python, curl, ab, hey, h2load
          ./run.sh diagnose https://example.org/        whether your URL's connections are reused, and why not
          ./run.sh transcript                           the documented session line by line
          ./run.sh serve --rtt 50ms                     an emulated network for any client
          ./run.sh open                                 the newest result as a page, in a browser
          ./run.sh compare old.json latest              two results side by side, without measuring
          ./run.sh watch                                .NET processes that can be watched
          ./run.sh watch api --duration 30s             connections of an application that already runs
          ./run.sh project latest --rtt 20ms            what fresh clients cost a fleet
          ./run.sh publish                              a report of the newest results of one commit
          ./run.sh check counting                       what counting costs
          ./run.sh check harness                        the suite against a plain loop
          ./run.sh check memory                         memory and time over a million requests
          ./run.sh check gate                           what the gate sees, and what it does not
          ./run.sh check precision                      what the comparison's intervals are worth

        Exit codes:
          0 done, 1 what was asked does not hold, 2 wrong use, 3 inconclusive, 4 could not measure, 130 interrupted
        """;

    // What follows it is BenchmarkDotNet's.
    private const string PassedOn = "--";

    /// <summary>Runs the program.</summary>
    /// <returns>The exit code, one of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        using var interruption = new Interruption(); // before anything that it should end
        await using var output = LossyWriter.Over(() => Console.Out);
        await using var errors = LossyWriter.Over(() => Console.Error);
        Console.SetOut(output);
        Console.SetError(errors);
        var (parsed, verbose) = Parse(args);
        if (parsed.RootCommandResult.Children.All(child => child is not CommandResult { Command.Name: RoleCommand.Name })) // what a role got was decided by the process that started it
        {
            await UsersEnvironment.LeaveBehindAsync(parsed, Console.Error);
        }

        try
        {
            if (!AsksForHelp(parsed) && Complaint.About(parsed) is { } complaint)
            {
                throw CommonOptions.Wrong(complaint);
            }

            if (args.Contains(PassedOn) && parsed.CommandResult.Command is var verb and not RootCommand)
            {
                throw CommonOptions.Wrong($"{PassedOn} passes options on to BenchmarkDotNet, which {verb.Name} does not use");
            }

            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
            if (output.Loss is null || code != (int)ExitCode.Done)
            {
                return code;
            }

            await Console.Error.WriteLineAsync($"standard output: {output.Loss}");
            return (int)ExitCode.CouldNotMeasure;
        }
        catch (OperationCanceledException)
        {
            return (int)ExitCode.Interrupted;
        }
        catch (Exception e) when (Ending.Of(e) is { } ending)
        {
            if (ending.Code == ExitCode.CouldNotMeasure && await interruption.ExplainsAFailureAsync())
            {
                return (int)ExitCode.Interrupted;
            }

            var words = new TypedWords(args);
            await Console.Error.WriteLineAsync(parsed.GetValue(verbose) ? words.Redacted(e.ToString()) : PlainText.OneLine(words.Redacted(ending.Line)));
            return (int)ending.Code;
        }
    }

    /// <summary>Whether the arguments ask for help, of whatever verb.</summary>
    public static bool AsksForHelp(ParseResult parsed) => parsed.Action is HelpAction or HelpWithExamples;

    /// <summary>The arguments as understood, and the option that shows the stacks of errors.</summary>
    public static (ParseResult Parsed, Option<bool> Verbose) Parse(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var own = args.TakeWhile(word => word != PassedOn).ToArray();
        var (root, verbose) = Create([.. args.Skip(own.Length + 1)]);
        return (root.Parse(own, new ParserConfiguration { ResponseFileTokenReplacer = null }), verbose); // @file is what curl takes for data
    }

    private static (RootCommand Root, Option<bool> Verbose) Create(IReadOnlyList<string> passedOn)
    {
        var verbose = new Option<bool>("--verbose") { Description = "Show BenchmarkDotNet's log and the stack of errors", Recursive = true };
        var comparison = new ComparisonCommand(passedOn);
        var root = new RootCommand("What does it cost to create an HTTP client per call instead of reusing one?") { verbose };
        comparison.AddTo(root);
        root.Subcommands.Add(TimeitCommand.Create());
        root.Subcommands.Add(DiagnoseCommand.Create());
        root.Subcommands.Add(TranscriptCommand.Create());
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(PublishCommand.Create());
        root.Subcommands.Add(ReportCommand.Create());
        root.Subcommands.Add(OpenCommand.Create());
        root.Subcommands.Add(CompareResultsCommand.Create());
        root.Subcommands.Add(WatchCommand.Create());
        root.Subcommands.Add(ProjectCommand.Create());
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(GateCommand.Create());
        root.Subcommands.Add(RoleCommand.Create());
        root.SetAction((result, interrupted) => CompareAsync(comparison.Read(result, result.GetValue(verbose)), interrupted));
        ShowExamples(root);
        return (root, verbose);
    }

    private static async Task<int> CompareAsync(ComparisonOptions options, CancellationToken interrupted)
    {
        var selection = Selection.Of(options);
        if (selection.AsksOnly)
        {
            selection.Answer(Console.Out);
            return (int)ExitCode.Done;
        }

        return (int)await new ComparisonRun(options, selection, AnsiConsole.Console, TimeProvider.System).RunAsync(interrupted);
    }

    private static void ShowExamples(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var exit = help.Invoke(parseResult);
            if (parseResult.CommandResult.Command is RootCommand)
            {
                parseResult.InvocationConfiguration.Output.WriteLine(Examples);
            }

            return exit;
        }
    }
}
