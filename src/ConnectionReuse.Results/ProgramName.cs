namespace ConnectionReuse.Results;

/// <summary>How this program is called where it runs: by the script of a checkout, or by the name of the installed tool.</summary>
public static class ProgramName
{
    /// <summary>The command of the installed tool.</summary>
    public const string Tool = "connection-reuse";

    // Every package of a .NET tool has this file beside its program; nothing else has.
    private const string ToolSettings = "DotnetToolSettings.xml";

    /// <summary>What is typed before a verb.</summary>
    public static string Typed { get; } = In(AppContext.BaseDirectory);

    /// <summary>What is typed before a verb of the program in a folder.</summary>
    public static string In(string folder) => File.Exists(Path.Combine(folder, ToolSettings)) ? Tool : "./run.sh";
}
