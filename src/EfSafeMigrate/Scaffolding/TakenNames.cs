using EfSafeMigrate.Projects;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Scaffolding;

/// <summary>Refuses what would stand beside a migration or class of the same name, or write over a merge that is not finished.</summary>
/// <param name="migrations">Ids of the compiled migrations.</param>
internal sealed class TakenNames(string directory, IReadOnlyList<string> migrations)
{
    private const int Stamp = 15;

    public void Refuse(string name, string nameSpace, IReadOnlyList<FileChange> files)
    {
        var removed = files.Where(file => file.Text is null).Select(file => file.Path).ToHashSet();
        foreach (var path in files.Where(file => file.Text is not null).Select(file => file.Path))
        {
            if (path.EndsWith(MigrationFiles.Designer, StringComparison.Ordinal))
            {
                RefuseMigration(name, nameSpace, path, removed);
            }
            else if (File.Exists(path) && File.ReadLines(path).Any(line => line.StartsWith("<<<<<<< ", StringComparison.Ordinal)))
            {
                throw new SafeMigrateException($"`{Path.GetFileName(path)}` has conflict markers.", "finish the merge first");
            }
        }
    }

    private void RefuseMigration(string name, string nameSpace, string designer, HashSet<string> removed)
    {
        var type = Path.GetFileName(designer)[Stamp..^MigrationFiles.Designer.Length];
        var taken = migrations.FirstOrDefault(id => Same(id[Stamp..], type) && !removed.Any(path => Path.GetFileName(path) == $"{id}.cs"))
            ?? Files(designer).FirstOrDefault(path => Same(Path.GetFileNameWithoutExtension(path)[Stamp..], type) && !removed.Contains(path))
            ?? SourceFiles.Under(directory).FirstOrDefault(path => !removed.Contains(path) && Declares(path, nameSpace, type));
        if (taken is not null)
        {
            throw new SafeMigrateException($"The name {type} is taken: `{Path.GetFileName(taken)}` has it.", $"remove that, or choose another name than {name}");
        }
    }

    /// <summary>Migrations beside the new one, also those that are not compiled.</summary>
    private static IEnumerable<string> Files(string designer) =>
        Path.GetDirectoryName(designer) is { } folder && Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*_*.cs").Where(path => Path.GetFileNameWithoutExtension(path) is { Length: > Stamp } file && file[..(Stamp - 1)].All(char.IsAsciiDigit))
            : [];

    private static bool Declares(string path, string nameSpace, string type)
    {
        var text = File.ReadAllText(path);
        return text.Contains(type, StringComparison.Ordinal)
            && CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Any(declared =>
                declared.Identifier.ValueText == type
                && string.Join('.', declared.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(outer => outer.Name.ToString())) == nameSpace);
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
