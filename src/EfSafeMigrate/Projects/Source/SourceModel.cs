using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>The schema that a Designer or a snapshot describes.</summary>
internal static class SourceModel
{
    /// <summary>Null where the migration has no model, or one that is not all written out.</summary>
    public static DatabaseModel? Of(SourceMigration migration, SourceClasses classes, Engine engine) => TablesOf(migration, classes, engine)?.Read();

    /// <summary>Null where the file holds no snapshot, or one that is not all written out.</summary>
    public static DatabaseModel? Of(SourceSnapshot snapshot, SourceClasses classes, Engine engine) => TablesOf(snapshot, classes, engine)?.Read();

    /// <inheritdoc cref="Of(SourceMigration, SourceClasses, Engine)"/>
    public static ModelTables? TablesOf(SourceMigration migration, SourceClasses classes, Engine engine)
    {
        var file = migration.Designer ?? migration.File;
        return classes.Find(migration.Class, file) is { } type && ReadMigration.MethodOf(type, "BuildTargetModel", classes) is var (method, holder)
            ? TablesOf(method, holder, file, classes, engine) : null;
    }

    /// <inheritdoc cref="Of(SourceSnapshot, SourceClasses, Engine)"/>
    public static ModelTables? TablesOf(SourceSnapshot snapshot, SourceClasses classes, Engine engine)
    {
        var type = classes.Root(snapshot.File)?.DescendantNodes().OfType<ClassDeclarationSyntax>()
            .FirstOrDefault(each => each.BaseList?.Types.Any(parent => SourceClass.NameOf(parent.Type) == "ModelSnapshot") == true);
        return type is not null && new SourceClass(type.Identifier.ValueText, [type]) is var holder && holder.Method("BuildModel", 1) is { } method
            ? TablesOf(method, holder, snapshot.File, classes, engine) : null;
    }

    private static ModelTables? TablesOf(MethodDeclarationSyntax method, SourceClass holder, string file, SourceClasses classes, Engine engine)
    {
        var run = new SourceRun(classes, file, engine.Providers[0]);
        var statements = new ModelStatements(classes, new Expressions(run), new Frame(holder, null, 0));
        try
        {
            statements.Read(method);
        }
        catch (InsufficientExecutionStackException)
        {
            return null;
        }
        return statements.IsIncomplete ? null : new ModelTables(statements, engine.Provider);
    }
}
