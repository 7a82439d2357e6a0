using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Bench.Screen;
using ConnectionReuse.Results;
using Spectre.Console;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The command line: verbs, options, and every error in one line.</summary>
internal static class Root
{
    // What follows it is BenchmarkDotNet's.
    private const string PassedOn = "--";

    /// <summary>Runs the program.</summary>
    /// <returns>The exit code, one of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        using var interruption = new Interruption(); // before anything that it should end
        var asked = Parse(args);
        await using var bare = LossyWriter.Over(() => new StreamWriter(Console.OpenStandardError(), Console.Error.Encoding) { AutoFlush = true }); // Console.Error has a lock, which its writers hold while the heartbeat hears of them
        using var heartbeat = MayBeSilent(asked.Parsed) ? null : new Heartbeat(bare, !Console.IsErrorRedirected, NameOf(asked.Parsed), TimeProvider.System);
        await using var output = LossyWriter.Over(StandardOutput.Open, heartbeat is null ? null : _ => heartbeat.Heard());
        await using var errors = LossyWriter.Over(() => Console.Error, heartbeat is null ? null : heartbeat.Heard);
        Console.SetOut(output);
        Console.SetError(errors);
        var code = output.Loss is null ? await AnswerAsync(asked, args, interruption) : (int)ExitCode.Done; // closed from the start: no minute is spent on what nobody sees
        if (output.Loss is null || code != (int)ExitCode.Done)
        {
            return code;
        }

        await Console.Error.WriteLineAsync($"standard output: {output.Loss}");
        return (int)ExitCode.CouldNotMeasure;
    }

    /// <summary>Does what was asked, on the console as it stands.</summary>
    /// <param name="asked">The arguments as understood.</param>
    /// <param name="args">The arguments as typed.</param>
    /// <param name="interruption">Ends it.</param>
    /// <returns>The exit code, one of <see cref="ExitCode"/>.</returns>
    internal static async Task<int> AnswerAsync(Asked asked, string[] args, Interruption interruption)
    {
        var code = (int)ExitCode.CouldNotMeasure;
        try
        {
            return code = await AnswerAsync(asked.Parsed, asked.Verbose, args, interruption);
        }
        finally
        {
            await asked.Crank.WriteAsync(asked.Parsed, code, Console.Out); // after the last word on standard error, a crash included
        }
    }

    private static async Task<int> AnswerAsync(ParseResult parsed, Option<bool> verbose, string[] args, Interruption interruption)
    {
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

            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
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

    // A role speaks with the process that started it, and what serves waits for others.
    private static bool MayBeSilent(ParseResult parsed) => AsksForHelp(parsed) || NameOf(parsed) is ServeCommand.Name
        || parsed.RootCommandResult.Children.Any(child => child is CommandResult { Command.Name: RoleCommand.Name });

    private static string NameOf(ParseResult parsed) =>
        parsed.CommandResult is { Command: RootCommand } ? "comparison" : string.Join(' ', Verbs(parsed.CommandResult).Reverse());

    private static IEnumerable<string> Verbs(CommandResult? verb)
    {
        for (; verb is { Command: not RootCommand }; verb = verb.Parent as CommandResult)
        {
            yield return verb.Command.Name;
        }
    }

    /// <summary>Whether the arguments ask for help, of whatever verb.</summary>
    public static bool AsksForHelp(ParseResult parsed) => parsed.Action is ShortHelp;

    /// <summary>Understands the arguments.</summary>
    public static Asked Parse(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var own = args.TakeWhile(word => word != PassedOn).ToArray();
        var crank = new CrankReport(TimeProvider.System);
        var (root, verbose) = Create([.. args.Skip(own.Length + 1)], crank);
        return new Asked(root.Parse(own, new ParserConfiguration { ResponseFileTokenReplacer = null }), verbose, crank); // @file is what curl takes for data
    }

    private static (RootCommand Root, Option<bool> Verbose) Create(IReadOnlyList<string> passedOn, CrankReport crank)
    {
        var verbose = new Option<bool>("--verbose") { Description = "Shows BenchmarkDotNet's log and the stack of errors", Recursive = true };
        var comparison = new ComparisonCommand(passedOn, crank);
        var root = new RootCommand("What does it cost to create an HTTP client per call instead of reusing one?") { verbose };
        comparison.AddTo(root);
        root.Subcommands.Add(TimeitCommand.Create(crank));
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
        ShortenHelp(root, comparison.OfBenchmarkDotNet);
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

        return (int)await new ComparisonRun(options, selection, AnsiConsole.Console, StatusLine.ErrorConsole(), TimeProvider.System).RunAsync(interrupted);
    }

    // Each verb's help is ours; --help-all is the program's own.
    private static void ShortenHelp(RootCommand root, IReadOnlyCollection<Option> ofBenchmarkDotNet)
    {
        root.Options.OfType<HelpOption>().Single().Action = new ShortHelp(ofBenchmarkDotNet, everything: false);
        root.Options.Add(new Option<bool>("--help-all") { Description = "Shows every option, your own request's and BenchmarkDotNet's too", Recursive = true, Action = new ShortHelp(ofBenchmarkDotNet, everything: true) });
    }
}

/// <summary>The arguments as understood.</summary>
/// <param name="Parsed">What the command line made of them.</param>
/// <param name="Verbose">The option that shows the stacks of errors.</param>
/// <param name="Crank">What tells dotnet/crank, where it was asked to.</param>
internal sealed record Asked(ParseResult Parsed, Option<bool> Verbose, CrankReport Crank);
