using System.Globalization;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>A source tree with the scripts and, first on the path, a <c>dotnet</c> that notes its arguments and does what it is told.</summary>
internal sealed class StandInForDotnet : IDisposable
{
    private const string Program = """
        #!/bin/sh
        echo "$*" >> "$STAND_IN_CALLS"
        case "$1" in
          --version)
            if [ -n "$STAND_IN_NO_SDK" ]; then echo; echo "$STAND_IN_NO_SDK" >&2; exit 1; fi
            echo 10.0.100 ;;
          --list-sdks) echo "8.0.404 [/somewhere/sdk]"; echo "9.0.101 [/somewhere/sdk]"; if [ -n "$STAND_IN_SDK" ]; then echo "10.0.100 [$STAND_IN_SDK]"; fi ;;
          exec) echo $$ > "$STAND_IN_CALLS.compiler"; exec sleep 100 ;;
          build)
            env > "$STAND_IN_CALLS.environment"
            while [ -n "$STAND_IN_SDK" ] && [ ! -s "$STAND_IN_CALLS.compiler" ]; do sleep 0.05; done
            if [ -n "$STAND_IN_BUILD_FAILS" ]; then echo "error CS1002: ; expected"; exit 1; fi
            if [ -n "$STAND_IN_BUILDS_ELSEWHERE" ]; then exit 0; fi
            if [ -n "$STAND_IN_BUILD_WAITS" ]; then
              touch "$STAND_IN_CALLS.building"
              while [ -e "$STAND_IN_CALLS" ] && [ ! -e "$STAND_IN_CALLS.go" ]; do sleep 0.05; done # a test that failed has removed both
            fi
            mkdir -p bench/obj src/Library/obj bench/bin/Release/net10.0 && touch bench/bin/Release/net10.0/ConnectionReuse.Bench.dll ;;
          test)
            while [ "$1" != --results-directory ]; do shift; done
            if [ -n "$STAND_IN_COUNTERS" ]; then
              mkdir -p "$2" && echo "<TestRun>$STAND_IN_RESULTS<ResultSummary><Counters $STAND_IN_COUNTERS /></ResultSummary></TestRun>" > "$2/tests.trx"
            fi
            exit "${STAND_IN_TEST:-0}" ;;
          format) exit "${STAND_IN_FORMAT:-0}" ;;
          *) shift; for argument; do echo "<$argument>"; done; exit "${STAND_IN_PROGRAM:-0}" ;;
        esac
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connection-reuse-test-");

    /// <summary>Makes the tree in a folder of some name: a clone may lie anywhere.</summary>
    public StandInForDotnet(string name = "a tree")
    {
        Root = _folder.CreateSubdirectory(Path.Combine("bin", name)).FullName;
        Temporary = _folder.CreateSubdirectory("temporary").FullName;
        foreach (var script in Scripts.Names)
        {
            File.Copy(Path.Combine(Source.Repository, script), Path.Combine(Root, script));
        }

        foreach (var file in (string[])["bench/Program.cs", "bench/Bench.csproj", "src/Library/Library.csproj", "src/Library/Class.cs", "src/Library/Other.cs", "Directory.Build.props", "global.json"])
        {
            var path = Path.Combine(Root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file == "global.json" ? """{ "sdk": { "version": "10.0.100" } }""" : string.Empty);
        }

        var dotnet = Path.Combine(_folder.CreateSubdirectory("path").FullName, "dotnet");
        File.WriteAllText(dotnet, Program.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The tree's folder.</summary>
    public string Root { get; }

    /// <summary>Where scripts put what they need for a while.</summary>
    public string Temporary { get; }

    /// <summary>What <c>dotnet</c> was called with, a line each; versions are asked for at every start and left out.</summary>
    public IEnumerable<string> Calls => File.ReadLines(CallsPath).Where(call => call is not ("--version" or "--list-sdks"));

    /// <summary>The variables that the last build saw, as <c>NAME=value</c>.</summary>
    public IEnumerable<string> Environment => File.ReadLines(CallsPath + ".environment");

    /// <summary>The process that was started as a build's compiler.</summary>
    public int Compiler => int.Parse(File.ReadAllText(CallsPath + ".compiler"), CultureInfo.InvariantCulture);

    /// <summary>Makes an SDK with a compiler that can be started, for <c>STAND_IN_SDK</c>.</summary>
    /// <returns>Its folder.</returns>
    public string MakeSdk()
    {
        var sdk = _folder.CreateSubdirectory("an sdk").FullName;
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(sdk, "10.0.100", "Roslyn", "bincore")).FullName, "VBCSCompiler.dll"), string.Empty);
        return sdk;
    }

    /// <summary>Waits until a build has begun that waits itself (<c>STAND_IN_BUILD_WAITS</c>).</summary>
    public async Task UntilItBuildsAsync(CancellationToken cancellationToken)
    {
        while (!File.Exists(CallsPath + ".building"))
        {
            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>Lets such a build end.</summary>
    public void LetBuild() => File.WriteAllText(CallsPath + ".go", string.Empty);

    private string CallsPath => Path.Combine(_folder.FullName, "calls");

    /// <summary>Runs a script of the tree to its end.</summary>
    public Task<ScriptRun> RunAsync(string script, IEnumerable<string> arguments, params (string Name, string Value)[] told) => Scripts.RunAsync(
        Path.Combine(Root, script),
        arguments,
        [
            ("PATH", Path.Combine(_folder.FullName, "path") + Path.PathSeparator + System.Environment.GetEnvironmentVariable("PATH")),
            ("TMPDIR", Temporary),
            ("STAND_IN_CALLS", CallsPath),
            .. told,
        ]);

    public void Dispose() => _folder.Delete(recursive: true);
}
