using System.Text.RegularExpressions;

namespace ConnectionReuse.Clients;

/// <summary>The client patterns of this assembly, found by reflection so that a new one needs no list.</summary>
internal static partial class ClientPatterns
{
    private const int LongestNumber = 6;

    /// <summary>Every pattern, by id.</summary>
    public static IReadOnlyDictionary<string, ClientPattern> All { get; } = typeof(ClientPattern).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ClientPattern)) && !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null)
        .Select(type => (ClientPattern)Activator.CreateInstance(type)!)
        .ToDictionary(pattern => pattern.Id, StringComparer.Ordinal);

    /// <summary>The patterns of a kind that a target can answer, by id, in which 8 comes before 64.</summary>
    /// <typeparam name="TPattern">The kind: the patterns that answer one question derive from it.</typeparam>
    /// <param name="targetId">The target's id.</param>
    public static IEnumerable<TPattern> Of<TPattern>(string targetId)
        where TPattern : ClientPattern =>
        All.Values.OfType<TPattern>()
            .Where(pattern => pattern.Targets.Contains(targetId))
            .OrderBy(pattern => Number().Replace(pattern.Id, number => number.Value.PadLeft(LongestNumber, '0')), StringComparer.Ordinal);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
