using System.Reflection;
using ConnectionReuse.Abstractions;

namespace ConnectionReuse.Clients.Guarded;

/// <summary>The guarded clients of an assembly of the user's, beside this program's own patterns.</summary>
internal static class PatternAssembly
{
    /// <summary>Loads an assembly with what it needs, and finds its clients.</summary>
    /// <param name="path">The assembly's file.</param>
    /// <returns>This program's patterns and the assembly's, by their ids.</returns>
    /// <exception cref="InvalidDataException">It is no such assembly; the message says why, in one line.</exception>
    public static IReadOnlyDictionary<string, ClientPattern> Load(string path)
    {
        var patterns = new Dictionary<string, ClientPattern>(ClientPatterns.All, StringComparer.Ordinal);
        foreach (var client in ClientsOf(path))
        {
            if (client.Id.Length == 0 || client.Id.Any(char.IsWhiteSpace))
            {
                throw new InvalidDataException($"{path}: {client.GetType().Name} has the id '{client.Id}'; an id is one word");
            }

            if (!patterns.TryAdd(client.Id, new GuardedPattern(client)))
            {
                throw new InvalidDataException($"{path}: another client has the id '{client.Id}' already");
            }
        }

        return patterns;
    }

    /// <summary>The ids of the clients that are the user's.</summary>
    /// <param name="patterns">What <see cref="Load"/> found.</param>
    public static IReadOnlyList<string> IdsOf(IReadOnlyDictionary<string, ClientPattern> patterns) =>
        [.. patterns.Where(pattern => pattern.Value is GuardedPattern).Select(pattern => pattern.Key).Order(StringComparer.Ordinal)];

    private static GuardedClient[] ClientsOf(string path)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new InvalidDataException($"{path}: no such file");
        }

        try
        {
            var types = new PatternContext(full).LoadFromAssemblyPath(full).GetExportedTypes().Where(type => type.IsSubclassOf(typeof(GuardedClient)) && !type.IsAbstract).ToArray();
            return types.Length > 0
                ? [.. types.Select(type => (GuardedClient)Activator.CreateInstance(type)!)]
                : throw new InvalidDataException($"{path}: no public class in it derives from {nameof(GuardedClient)}");
        }
        catch (MissingMethodException e)
        {
            throw new InvalidDataException($"{path}: a guarded client needs a public constructor without parameters ({e.Message})", e);
        }
        catch (TargetInvocationException e)
        {
            throw new InvalidDataException($"{path}: the constructor of a client failed: {e.InnerException!.Message}", e);
        }
        catch (BadImageFormatException e)
        {
            throw new InvalidDataException($"{path}: not an assembly of .NET", e);
        }
        catch (Exception e) when (e is InvalidOperationException or FileNotFoundException or FileLoadException or TypeLoadException or ReflectionTypeLoadException)
        {
            throw new InvalidDataException($"{path}: {e.Message.ReplaceLineEndings(" ")}", e); // something that it needs is not beside it
        }
    }
}
