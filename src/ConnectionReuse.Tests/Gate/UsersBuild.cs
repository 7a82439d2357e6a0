using ConnectionReuse.Tests.Documentation;

namespace ConnectionReuse.Tests.Gate;

/// <summary>Builds of somebody else's guarded client: the example of the abstractions' README, changed or not, in folders of their own.</summary>
internal sealed class UsersBuild : IDisposable
{
    public const string File = "MyApi.Guard.dll";

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("connection-reuse-test-");

    /// <summary>The example's client.</summary>
    public static string Code { get; } = Documents.Block("guarded").Text;

    /// <summary>The example with a new client for each call.</summary>
    public static string ClientPerCall { get; } = Code
        .Replace("new Calls(new HttpClient(server.CreateHandler()) { BaseAddress = server.BaseAddress })", "new Calls(server)", StringComparison.Ordinal)
        .Replace("class Calls(HttpClient client)", "class Calls(GuardedServer server)", StringComparison.Ordinal)
        .Replace("await client.GetStringAsync(", "await new HttpClient(server.CreateHandler()) { BaseAddress = server.BaseAddress }.GetStringAsync(", StringComparison.Ordinal)
        .Replace("            client.Dispose();\n", "", StringComparison.Ordinal);

    /// <summary>Compiles code into <see cref="File"/> in a folder.</summary>
    /// <returns>The assembly's path.</returns>
    public string Compile(string name, string code)
    {
        var path = Path.Combine(Folder.CreateSubdirectory(name).FullName, File);
        using var assembly = System.IO.File.Create(path);
        Example.Emit(code, "MyApi.Guard", assembly);
        return path;
    }

    /// <summary>Writes a file beside the folders.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Folder.Delete(recursive: true);
}
