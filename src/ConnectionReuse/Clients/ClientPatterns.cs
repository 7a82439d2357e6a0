namespace ConnectionReuse.Clients;

/// <summary>The client patterns of this assembly, found by reflection so that a new one needs no list.</summary>
public static class ClientPatterns
{
    /// <summary>Every pattern, by id.</summary>
    public static IReadOnlyDictionary<string, ClientPattern> All { get; } = typeof(ClientPattern).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ClientPattern)) && !type.IsAbstract)
        .Select(type => (ClientPattern)Activator.CreateInstance(type)!)
        .ToDictionary(pattern => pattern.Id, StringComparer.Ordinal);
}
