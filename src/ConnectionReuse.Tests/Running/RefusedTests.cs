using BenchmarkDotNet.ConsoleArguments;
using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class RefusedTests
{
    // They do here what they do elsewhere.
    private static readonly string[] Accepted =
    [
        "memory", "threading", "exceptions", "disasm", "disasmDepth", "disasmFilter", "disasmDiff", "profiler", "counters",
        "hide", "allStats", "statisticalTest", "maxWidth", "noOverwrite", "keepFiles", "disableLogFile",
        "allCategories", "anyCategories", "attribute", "buildTimeout", "wakeLock", "stopOnFirstError", "noForcedGCs", "noOverheadEvaluation", "info",
    ];

    [Fact]
    public void Every_option_of_BenchmarkDotNet_is_the_suite_s_or_accepted_or_refused_with_its_reason()
    {
        string[] names = [.. typeof(CommandLineOptions).GetProperties().SelectMany(property => property.GetCustomAttributes(inherit: true))
            .Select(attribute => attribute.GetType().GetProperty("LongName")?.GetValue(attribute) as string).OfType<string>().Where(name => name.Length > 0)];
        var own = new BenchmarkDotNetOptions();

        Assert.Contains("runtimes", names);
        Assert.DoesNotContain(names, name => !own.Has($"--{name}") && $"--{name}" != PassedOn.Option && !Accepted.Contains(name) && Refused.Complaint($"--{name}") is null);
        Assert.DoesNotContain(Accepted, name => Refused.Complaint($"--{name}") is not null);
        Assert.Empty(Accepted.Except(names));
    }

    [Theory]
    [InlineData("--runtimes")]
    [InlineData("--RUNTIMES")]
    [InlineData("--runtimes=net9.0")]
    [InlineData("-r")]
    [InlineData("-rnet9.0")]
    [InlineData("-R")]
    [InlineData("--platform")]
    [InlineData("--affinity=3")]
    [Fault("the option {0}", "refused with the reason; exit 2")]
    public void It_is_refused_however_it_is_written(string word) => Assert.NotNull(Refused.Complaint(word));

    [Theory]
    [InlineData("--hide")]
    [InlineData("-1")]
    [InlineData("-")]
    [InlineData("net9.0")]
    public void Other_words_are_not(string word) => Assert.Null(Refused.Complaint(word));
}
