using System.Reflection;

namespace ConnectionReuse.Results;

/// <summary>What this build was made from.</summary>
public static class BuiltFrom
{
    /// <summary>The commit that the SDK wrote behind the version's plus sign; null where it knew none.</summary>
    public static string? Commit { get; } =
        typeof(BuiltFrom).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, var commit] ? commit : null;
}
