using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using Humanizer;

namespace EfSafeMigrate.Rules;

internal sealed class SqliteUnsupportedAlterRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A hand-written ALTER TABLE is more than the engine can do";
    public override string Condition => "A statement adds a column with UNIQUE, a primary key, a stored value or a default beside REFERENCES, alters a column or a constraint, or drops a column that something uses, on an engine whose ALTER TABLE cannot.";
    public override string Effect => "The migration fails. EF does the same changes by copying the table; SQL written by hand for another engine does not.";
    public override string Workaround => "Call the operation on the migration builder, which copies the table, or write the parts the engine has: a plain column, and an index beside it.";

    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!situation.Engine.RebuildsTables || !situation.Change.IsWrittenSql)
        {
            yield break;
        }
        if (Speaks(situation))
        {
            var statement = situation.Change.GetType().Name.Humanize(LetterCasing.AllCaps);
            yield return Find(
                situation,
                Severity.Dangerous,
                $"{statement} on {situation.Change.Target} fails in {situation.Migration.Spoken}, whatever the data. {situation.Impact.Refused!.Replace("`", "", StringComparison.Ordinal)}",
                Evidence.Of(situation.Impact.Basis),
                Cure.Text(situation.Change is AddColumn { Column.Name: var added } unique && unique.Inline.OfType<AddUniqueConstraint>().Any()
                    ? $"Add {added} alone, and create a unique index on it in a statement of its own"
                    : Acceptable.Of(situation) ?? $"Write the change in a form {situation.Engine.Name} accepts, and run it on a copy of the database before it ships"));
        }
        else if (situation.Change is AddColumn add && !situation.IsOnNewTable && situation.Impact.FailsIf.HasFlag(FailsIf.RowsExist)
            && (add.Column.ComputedSql is not null || (add.Column.Default is not null && add.Inline.OfType<AddForeignKey>().Any())))
        {
            var empty = situation.Table.Rows.Value is 0;
            var what = add.Column.ComputedSql is null ? "a reference with a default" : "stored";
            yield return Find(
                situation,
                empty ? Severity.Careful : Severity.Dangerous,
                $"{add.Table}.{add.Column.Name} is {what}, which {situation.Engine.Name} does not add to a table with rows: {(empty ? "it passes while the table is empty" : $"it fails with one row in {add.Table}")}.",
                Evidence.Of(situation.Impact.Basis),
                Cure.Text(add.Column.ComputedSql is null
                    ? $"Add {add.Column.Name} nullable and without the default, and fill the rows with an UPDATE"
                    : $"Add {add.Column.Name} as VIRTUAL, or call AddColumn on the migration builder: the provider then copies the table"));
        }
    }

    /// <summary>The statement is refused for what the engine cannot alter; a provider could carry the same change out.</summary>
    public static bool Speaks(Situation situation) =>
        situation.Engine.RebuildsTables && situation.Change.IsWrittenSql && situation.Impact.Refused is not null
        && situation.Change is AddColumn or AlterColumn or DropColumn or AddPrimaryKey or AddUniqueConstraint or AddForeignKey or AddCheckConstraint
            or DropPrimaryKey or DropUniqueConstraint or DropForeignKey or DropCheckConstraint or DropConstraint;
}
