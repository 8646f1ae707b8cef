using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EfSafeMigrate.Scaffolding;

/// <summary>
/// Compiles the target model's snapshot code, which no project holds yet, so that the agent gets a model of the same kind
/// as any compiled migration's: without conventions and without CLR members.
/// </summary>
internal static class SnapshotCompiler
{
    /// <returns>Path of the assembly, in a temporary folder that the caller removes.</returns>
    public static string Compile(string snapshot, IEnumerable<string> references, string folder)
    {
        var name = $"SafeMigrate.Target.{Guid.NewGuid():N}";
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(WithoutContext(snapshot))],
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var file = Path.Combine(folder, name + ".dll");
        using var stream = File.Create(file);
        var result = compilation.Emit(stream);
        return result.Success ? file
            : throw new SafeMigrateException(
                $"EF Core's snapshot of the target model does not compile: {result.Diagnostics.First(problem => problem.Severity == DiagnosticSeverity.Error).GetMessage(null)}",
                "check the model's custom types and annotations, or use --one-shot",
                detail: string.Join('\n', result.Diagnostics));
    }

    /// <summary>The attribute names the user's context, which lies in the user's assembly; the model does not need it.</summary>
    private static string WithoutContext(string snapshot)
    {
        var root = CSharpSyntaxTree.ParseText(snapshot).GetRoot();
        var type = root.DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.ClassDeclarationSyntax>().First();
        return root.ReplaceNode(type, type.WithAttributeLists(default)).ToFullString();
    }
}
