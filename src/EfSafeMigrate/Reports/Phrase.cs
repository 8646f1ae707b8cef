using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>One line on a change that has no finding: what happens, and what it costs.</summary>
internal static class Phrase
{
    public static string Of(Situation situation)
    {
        var what = What(situation.Change);
        return situation.IsOnNewTable || situation.Change is CreateTable || !situation.Impact.IsModelled ? what : $"{what}{Cost(situation.Impact)}";
    }

    /// <summary>What happens, without what it costs.</summary>
    public static string What(Change change) => change switch
    {
        CreateTable create => $"{create.Table} is created",
        DropTable drop => $"{drop.Table} is dropped",
        RenameTable rename => $"{rename.Table} is renamed to {rename.NewName}",
        AddColumn { Column.Identity: true } add => $"{add.Table}.{add.Column.Name} is added and numbered",
        AddColumn { Column: { ComputedSql: null, Default.Constant: true } } add => $"{add.Table}.{add.Column.Name} is added with a constant default",
        AddColumn add => $"{add.Table}.{add.Column.Name} is added",
        AlterColumn { ChangesType: true } alter => $"{alter.Table}.{alter.New.Name} becomes {alter.New.Type}",
        AlterColumn { BecomesRequired: true } alter => $"{alter.Table}.{alter.New.Name} becomes NOT NULL",
        AlterColumn { BecomesOptional: true } alter => $"{alter.Table}.{alter.New.Name} accepts NULL",
        AlterColumn alter => $"{alter.Table}.{alter.New.Name} is altered",
        DropColumn drop => $"{drop.Table}.{drop.Name} is dropped",
        RenameColumn rename => $"{rename.Table}.{rename.Name} is renamed to {rename.NewName}",
        CreateIndex create => $"{create.Index.Name} is created on {create.Table}",
        DropIndex drop => $"{drop.Name} is dropped",
        RenameIndex rename => $"{rename.Name} is renamed to {rename.NewName}",
        AddForeignKey add => $"{add.Table} references {add.ForeignKey.Principal}",
        InsertData insert => $"{insert.Table} receives {Say.Rows(insert.Rows)}",
        UpdateData update => $"{Say.Rows(update.Rows)} of {update.Table} change",
        DeleteData delete => $"{Say.Rows(delete.Rows)} of {delete.Table} are deleted",
        UpdateRows update => $"rows of {update.Table} are updated",
        DeleteRows delete => $"rows of {delete.Table} are deleted",
        InsertRows insert => $"rows are inserted into {insert.Table}",
        OpaqueSql => "raw SQL, not judged",
        UnreadOperation unread => $"{unread.Operation}, not read",
        IgnoredMigration ignored => $"{ignored.Class} is never run",
        LiveModelUse use => $"{use.Used} is used",
        UnusedWaiver { Waiver.Rule: var rule } => $"{rule} is waived",
        ExpiredWaiver { Waiver.Rule: var rule } => $"{rule} was waived",
        UnknownOperation unknown => $"{unknown.Operation}, not judged",
        OtherStatement other => other.On is { } on ? $"{other.Verb} on {on}" : other.Verb,
        _ => Words(change),
    };

    /// <summary><c>DropUniqueConstraint</c> reads well enough as "drop unique constraint".</summary>
    private static string Words(Change change)
    {
        var words = string.Concat(change.GetType().Name.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}")).Trim();
        return change.Target is { } table ? $"{words} on {table}" : words;
    }

    private static string Cost(Impact impact) => (impact.Work, impact.Blocks) switch
    {
        (Work.Metadata, _) => ": catalogue only",
        (_, Blocks.Nothing) => ": nobody waits",
        _ => "",
    };
}
