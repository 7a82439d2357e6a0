using System.Collections;
using System.CommandLine;
using System.Reflection;
using BenchmarkDotNet.ConsoleArguments;
using CommandLine;

namespace ConnectionReuse.Bench.Commands;

/// <summary>BenchmarkDotNet's own arguments, read off its option class so that none is missing here.</summary>
public sealed class BenchmarkDotNetOptions
{
    // What is different here, or is said better in the words of this suite.
    private static readonly Dictionary<string, string> Meaning = new(StringComparer.Ordinal)
    {
        ["launchCount"] = "Rounds, each one launch of every row [default: 5; real targets: 3]; fewer than 3 give no interval",
        ["iterationCount"] = "Timed iterations of a launch [default: 3, 9 without TLS, 15 where the connection is reused; real targets: 1]",
        ["warmupCount"] = "Warm-up iterations, instead of as many as it takes until the JIT stands still",
        ["job"] = "Dry/Short/Medium/Long: replaces our rounds by BenchmarkDotNet's job",
        ["exporters"] = "GitHub/StackOverflow/RPlot/CSV/JSON/HTML/XML/timeit (timeit, GitHub, CSV and full JSON are always written)",
        ["filter"] = "Glob patterns of the rows to run, such as '*WireMock*' or '*.Shared'",
        ["inProcess"] = "Refused: client and server would share a process",
    };

    private readonly List<Option> _options = [.. typeof(CommandLineOptions).GetProperties()
        .Select(property => (Property: property, Attribute: property.GetCustomAttribute<OptionAttribute>()))
        .Where(pair => pair.Attribute is { LongName.Length: > 0 })
        .OrderBy(pair => pair.Attribute!.LongName, StringComparer.OrdinalIgnoreCase)
        .Select(pair => Define(pair.Property.PropertyType, pair.Attribute!))];

    /// <summary>The options, to be added to a command.</summary>
    public IEnumerable<Option> All => _options;

    /// <summary>The given arguments, as BenchmarkDotNet parses them.</summary>
    public IReadOnlyList<string> Given(ParseResult result) => [.. _options
        .Select(option => (option.Name, Result: result.GetResult(option)))
        .Where(pair => pair.Result is { Implicit: false })
        .SelectMany(pair => pair.Result!.Tokens.Select(token => token.Value).Prepend(pair.Name))];

    /// <summary>The values of an option that takes one of several names; none for another.</summary>
    /// <param name="name">Such as <c>--outliers</c>.</param>
    public static IReadOnlyList<string> ValuesOf(string name) => [.. typeof(CommandLineOptions).GetProperties()
        .Where(property => property.GetCustomAttribute<OptionAttribute>() is { } attribute && $"--{attribute.LongName}" == name)
        .Select(property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
        .Where(type => type.IsEnum)
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Where(field => !field.IsDefined(typeof(ObsoleteAttribute)))
        .Select(field => field.Name)];

    private static Option Define(Type type, OptionAttribute attribute)
    {
        var name = $"--{attribute.LongName}";
        var many = type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));
        Option option = type == typeof(bool) ? new Option<bool>(name) { Arity = ArgumentArity.Zero }
            : many ? new Option<string[]>(name) { AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore }
            : new Option<string>(name);
        option.Description = $"BenchmarkDotNet: {Meaning.GetValueOrDefault(attribute.LongName, attribute.HelpText)}";

        // -h asks for help here, as in every other program; hiding columns keeps its long name.
        if (attribute.ShortName is { Length: > 0 } letter && letter != "h")
        {
            option.Aliases.Add($"-{letter}");
        }

        return option;
    }
}
