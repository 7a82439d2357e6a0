using System.Reflection;
using System.Runtime.Loader;
using ConnectionReuse.Abstractions;

namespace ConnectionReuse.Clients.Guarded;

/// <summary>Loads the user's assembly with the versions of its dependencies that lie beside it, whichever this program uses.</summary>
/// <param name="path">The assembly's full path.</param>
internal sealed class PatternContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private static readonly string? Shared = typeof(GuardedClient).Assembly.GetName().Name;

    private readonly AssemblyDependencyResolver _resolver = new(path);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName?.Name != Shared && _resolver.ResolveAssemblyToPath(assemblyName!) is { } found ? LoadFromAssemblyPath(found) : null;

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : IntPtr.Zero;
}
