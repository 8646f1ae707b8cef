using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans;

/// <summary>Whether a model knows of migrations: what two branches made beside each other, the model of neither has whole.</summary>
internal static class PlanBasis
{
    /// <param name="migrations">Oldest first; the last one is the model's own.</param>
    /// <returns>The first of which the model does not show what no later one takes away; null when there is none.</returns>
    public static MigrationChanges? Unknown(IReadOnlyList<MigrationChanges> migrations, DatabaseModel model) => migrations.Where((migration, at) =>
        migration.Changes.Any(change => CanShow(change) && !Shows(change, model) && !migrations.Skip(at).SelectMany(later => later.Changes).Any(later => MayHide(later, change)))).FirstOrDefault();

    /// <summary>Whether a model has what the change makes.</summary>
    public static bool Shows(Change change, DatabaseModel model) => change switch
    {
        CreateTable create => model.Find(create.Table) is not null,
        AddColumn add => model.Find(add.Table)?.Column(add.Column.Name) is not null,
        CreateIndex create => model.Find(create.Table)?.Indexes.Any(index => index.Name == create.Index.Name) == true,
        AddForeignKey { ForeignKey.Name: { } name } add => model.Find(add.Table)?.ForeignKeys.Any(key => key.Name == name) == true,
        AddCheckConstraint { Check.Name: { } name } add => model.Find(add.Table)?.Checks.Any(check => check.Name == name) == true,
        DropColumn drop => model.Find(drop.Table) is { } table && table.Column(drop.Name) is null,
        AlterColumn { Old.Nullable: true, New.Nullable: false } alter => model.Find(alter.Table)?.Column(alter.New.Name)?.Nullable == false,
        _ => false,
    };

    /// <summary>Only what EF makes: whether something is gone, a model cannot tell from its never having been there.</summary>
    private static bool CanShow(Change change) => change is CreateTable or AddColumn or CreateIndex && !change.Origin.Emitted && !change.IsWrittenSql;

    /// <summary>Another name, or nothing in its place.</summary>
    private static bool MayHide(Change later, Change change) => later switch
    {
        RenameTable or DropTable or OpaqueSql => later.Target is null || later.Target == change.Target,
        DropColumn or RenameColumn => later.Target == change.Target && change is not CreateTable,
        DropIndex or RenameIndex => (later.Target is null || later.Target == change.Target) && change is CreateIndex,
        _ => false,
    };
}
