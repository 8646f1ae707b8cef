using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace EfSafeMigrate.Tests.Agent;

/// <summary>The types and members that EF Core's assemblies of one version define, inherited ones included.</summary>
internal sealed class EfSurface
{
    private readonly SignatureText text = new();
    private readonly Dictionary<string, HashSet<string>> members = [];
    private readonly Dictionary<string, List<string>> parents = [];

    public EfSurface(IEnumerable<string> assemblies)
    {
        foreach (var assembly in assemblies)
        {
            using var file = new PEReader(File.OpenRead(assembly));
            Read(file.GetMetadataReader());
        }
    }

    public bool Has(string type) => members.ContainsKey(type);

    public bool Has(string type, string member) =>
        members.TryGetValue(type, out var own) && own.Contains(member)
        || parents.TryGetValue(type, out var above) && above.Any(parent => Has(parent, member));

    public static string Method(string name, MethodSignature<string> signature) =>
        $"{name}`{signature.GenericParameterCount}({string.Join(',', signature.ParameterTypes)}):{signature.ReturnType}";

    private void Read(MetadataReader reader)
    {
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            var name = text.GetTypeFromDefinition(reader, handle, 0);
            members[name] =
            [
                .. type.GetMethods().Select(reader.GetMethodDefinition)
                    .Select(method => Method(reader.GetString(method.Name), method.DecodeSignature(text, null))),
                .. type.GetFields().Select(reader.GetFieldDefinition).Select(field => reader.GetString(field.Name)),
            ];
            // The runtime does not look for a member of an interface among those that the interface inherits.
            parents[name] = type.Attributes.HasFlag(TypeAttributes.Interface) ? [] :
            [
                .. type.GetInterfaceImplementations().Select(reader.GetInterfaceImplementation).Select(made => NameOf(reader, made.Interface)),
                .. type.BaseType.IsNil ? [] : new[] { NameOf(reader, type.BaseType) },
            ];
        }
    }

    private string NameOf(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => text.GetTypeFromDefinition(reader, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => text.GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
        _ => text.GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)handle, 0).Split('<')[0],
    };
}
