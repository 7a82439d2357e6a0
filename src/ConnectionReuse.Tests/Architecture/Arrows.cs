using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace ConnectionReuse.Tests.Architecture;

/// <summary>Which namespaces of an assembly use which others of it, by the signatures and the code of their types.</summary>
internal static class Arrows
{
    /// <summary>Every arrow once, without the assembly's own name.</summary>
    /// <remarks>A constant leaves no trace in compiled code.</remarks>
    public static IReadOnlyList<(string From, string To)> Of(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        var arrows =
            from type in module.GetAllTypes()
            let @from = NamespaceOf(type)
            where @from.StartsWith(assembly, StringComparison.Ordinal)
            from used in UsedBy(type).SelectMany(Parts)
            where used.Scope == module
            let to = NamespaceOf(used)
            where to.StartsWith(assembly, StringComparison.Ordinal) && to != @from
            select (Short(@from), Short(to));
        return [.. arrows.Distinct()];

        string Short(string name) => name == assembly ? "(root)" : name[(assembly.Length + 1)..];
    }

    private static IEnumerable<TypeReference?> UsedBy(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.CustomAttributes.Select(attribute => attribute.AttributeType),
        .. type.Methods.SelectMany(method => method.Parameters.Select(parameter => parameter.ParameterType)),
        .. type.Methods.Select(method => method.ReturnType),
        .. type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Variables.Select(variable => variable.VariableType)),
        .. type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions).SelectMany(instruction => instruction.Operand switch
        {
            TypeReference used => [used],
            MethodReference called => [called.DeclaringType, called.ReturnType, .. (called as GenericInstanceMethod)?.GenericArguments ?? []],
            FieldReference field => [field.DeclaringType, field.FieldType],
            _ => Array.Empty<TypeReference>(),
        }),
    ];

    // List<Target>[] is of List and of Target.
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };

    private static string NamespaceOf(TypeReference type) => type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;
}
