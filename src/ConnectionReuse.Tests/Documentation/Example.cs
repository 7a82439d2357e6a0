using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>Code of the README, compiled as it stands there.</summary>
internal static class Example
{
    // What the SDK's ImplicitUsings add to every file of the project that the code is for.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>The one subclass of <typeparamref name="T"/> that the code declares.</summary>
    public static T Compiled<T>(string code)
    {
        using var assembly = new MemoryStream();
        Emit(code, nameof(Example), assembly);
        return (T)Activator.CreateInstance(Assembly.Load(assembly.ToArray()).GetTypes().Single(type => type.IsSubclassOf(typeof(T))))!;
    }

    /// <summary>Compiles the code into an assembly of its own.</summary>
    /// <param name="code">The code.</param>
    /// <param name="name">The assembly's name.</param>
    /// <param name="assembly">Where it is written.</param>
    public static void Emit(string code, string name, Stream assembly)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var emitted = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(code)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)).Emit(assembly);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
    }
}
