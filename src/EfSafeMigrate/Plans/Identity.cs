using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans;

/// <summary>What a change is about, whatever its details: by this an operation is recognised when EF proposes it again between other models.</summary>
internal static class Identity
{
    public static string Of(Change change) => $"{change.GetType().Name} {change.Target?.Name} {NameOf(change)}";

    /// <summary>Rows that EF's <c>HasData</c> adds or corrects follow the model through every stage.</summary>
    public static bool IsData(Change change) => change is InsertData or UpdateData or DeleteData;

    /// <summary>The name of the constraint or index that a change adds or drops, or of what else it is about within its table.</summary>
    public static string? NameOf(Change change) => change switch
    {
        AddPrimaryKey add => add.Key.Name,
        DropPrimaryKey drop => drop.Name,
        CreateIndex create => create.Index.Name,
        DropIndex drop => drop.Name,
        RenameIndex rename => $"{rename.Name} {rename.NewName}",
        RenameColumn rename => $"{rename.Name} {rename.NewName}",
        AddUniqueConstraint add => add.Key.Name,
        DropUniqueConstraint drop => drop.Name,
        AddForeignKey add => add.ForeignKey.Name,
        DropForeignKey drop => drop.Name,
        AddCheckConstraint add => add.Check.Name,
        DropCheckConstraint drop => drop.Name,
        RenameTable rename => rename.NewName.ToString(),
        RenameConstraint rename => $"{rename.Name} {rename.NewName}",
        CreateSequence create => create.Name,
        AlterSequence alter => alter.Name,
        RestartSequence restart => restart.Name,
        DropSequence drop => drop.Name,
        RenameSequence rename => $"{rename.Name} {rename.NewName}",
        CreateSchema create => create.Name,
        DropSchema drop => drop.Name,
        OpaqueSql sql => sql.Sql,
        UnknownOperation unknown => unknown.Operation,
        UnreadOperation unread => unread.Text,
        _ => change.TargetColumn,
    };
}
