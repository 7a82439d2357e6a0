namespace ConnectionReuse.Bench.Commands;

/// <summary>Options of BenchmarkDotNet that would change what a row is, or would change nothing: refused, each with its reason.</summary>
internal static class Refused
{
    private const string OneInvocation = "one invocation is one iteration here; --requests sets its size";
    private const string OneBuild = "every row runs in the one build that this program is, for .NET 10";

    private const string NoBuild = "no project is built: the benchmarks run from the assemblies beside this program";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--inProcess"] = "client and server would share a process, and the figures would be of neither",
        ["-i"] = "client and server would share a process, and the figures would be of neither",
        ["--invocationCount"] = OneInvocation,
        ["--unrollFactor"] = OneInvocation,
        ["--runOncePerIteration"] = OneInvocation,
        ["--strategy"] = OneInvocation,
        ["--iterationTime"] = OneInvocation,
        ["--minIterationCount"] = "--iterationCount sets the number",
        ["--maxIterationCount"] = "--iterationCount sets the number",
        ["--minWarmupCount"] = "--warmupCount sets the number",
        ["--maxWarmupCount"] = "--warmupCount sets the number",
        ["--platform"] = OneBuild,
        ["--runtimes"] = OneBuild,
        ["-r"] = OneBuild,
        ["--cli"] = OneBuild,
        ["--packages"] = OneBuild,
        ["--coreRun"] = OneBuild,
        ["--monoPath"] = OneBuild,
        ["--clrVersion"] = OneBuild,
        ["--ilCompilerVersion"] = OneBuild,
        ["--ilcPackages"] = OneBuild,
        ["--customRuntimePack"] = OneBuild,
        ["--AOTCompilerPath"] = OneBuild,
        ["--AOTCompilerMode"] = OneBuild,
        ["--wasmEngine"] = OneBuild,
        ["--wasmArgs"] = OneBuild,
        ["--wasmDataDir"] = OneBuild,
        ["--affinity"] = "the run places client and server itself, and the table says where",
        ["--memoryRandomization"] = "it sets every iteration up anew, which closes the connections that a row reuses",
        ["--apples"] = "the rows of a target take turns already",
        ["--resume"] = "a run starts in a folder of its own, where there is nothing to go on from",
        ["--logBuildOutput"] = NoBuild,
        ["--generateBinLog"] = NoBuild,
        ["--outliers"] = "nothing is taken out: a disturbed iteration belongs to the result",
        ["--join"] = "a run has one table of all classes already",
    };

    /// <summary>Why a word is no option here; null where it is not one of these.</summary>
    /// <param name="word">As it was typed, with a value after <c>=</c> perhaps.</param>
    public static string? Complaint(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var name = word.Split('=', ':')[0];
        if (name is ['-', not '-', _, ..])
        {
            name = name[..2]; // the value of a letter may follow it at once, as in -rnet9.0
        }

        return Reasons.TryGetValue(name, out var reason) ? $"{name} is refused: {reason}" : null;
    }
}
