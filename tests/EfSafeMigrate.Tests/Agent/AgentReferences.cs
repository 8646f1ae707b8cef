using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace EfSafeMigrate.Tests.Agent;

/// <summary>One agent binary serves every EF version: each member it was compiled against exists in each of them.</summary>
public sealed class AgentReferences
{
    private const string Ef = "Microsoft.EntityFrameworkCore";

    [Theory]
    [InlineData("8.0.33", "net8.0")]
    [InlineData("9.0.22", "net8.0")]
    [InlineData("10.0.14", "net10.0")]
    public void ResolveInEfCore(string version, string framework)
    {
        var surface = new EfSurface(new[] { Ef, $"{Ef}.Abstractions", $"{Ef}.Relational" }
            .Select(name => Path.Combine(PackageRoot, name.ToLowerInvariant(), version, "lib", framework, name + ".dll")));
        using var agent = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "agent", "EfSafeMigrate.Agent.dll")));

        var (types, missing) = Missing(agent.GetMetadataReader(), surface);

        types.ShouldBeGreaterThan(20, "the agent binds to EF Core directly");
        missing.ShouldBeEmpty();
    }

    private static string PackageRoot => typeof(AgentReferences).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "NuGetPackageRoot").Value!;

    private static (int Types, IReadOnlyList<string> Missing) Missing(MetadataReader reader, EfSurface surface)
    {
        var text = new SignatureText();
        var types = reader.TypeReferences.Where(handle => IsEf(reader, handle)).Select(handle => text.GetTypeFromReference(reader, handle, 0)).ToHashSet();
        List<string> missing = [.. types.Where(type => !surface.Has(type))];
        foreach (var member in reader.MemberReferences.Select(reader.GetMemberReference))
        {
            var parent = member.Parent.Kind switch
            {
                HandleKind.TypeReference => text.GetTypeFromReference(reader, (TypeReferenceHandle)member.Parent, 0),
                HandleKind.TypeSpecification => text.GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)member.Parent, 0).Split('<')[0],
                _ => "",
            };
            var name = reader.GetString(member.Name);
            var wanted = member.GetKind() == MemberReferenceKind.Method ? EfSurface.Method(name, member.DecodeMethodSignature(text, null)) : name;
            if (types.Contains(parent) && !surface.Has(parent, wanted))
            {
                missing.Add($"{parent}.{wanted}");
            }
        }
        return (types.Count, missing);
    }

    private static bool IsEf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind == HandleKind.AssemblyReference
            && reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name).StartsWith(Ef, StringComparison.Ordinal);
    }
}
