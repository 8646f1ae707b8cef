using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlInlineReferencesRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "REFERENCES behind a column is read and forgotten";
    public override string Condition => "A column is written with REFERENCES on a version that makes no foreign key of it: MySQL before 9.0, MariaDB before 10.5.";
    public override string Effect => "The statement passes and there is no foreign key. Rows without their parent get in, and nobody is told.";
    public override string Workaround => "Write the key by itself: ADD CONSTRAINT … FOREIGN KEY … REFERENCES ….";
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Impact.Unheeded is not { } unheeded)
        {
            yield break;
        }
        var column = situation.Change switch
        {
            AddColumn add => add.Column.Name,
            CreateTable create => create.Definition.ForeignKeys.First(key => key.Inline).Columns[0],
            _ => situation.Change.TargetColumn,
        };
        yield return Find(
            situation,
            Severity.Careful,
            $"{unheeded.Words} behind {situation.Change.Target}.{column} is read and forgotten: {situation.Engine.Name} {situation.State.Version} makes no foreign key of it.",
            Evidence.Of(unheeded.Basis),
            Cure.Text(situation.Change is AddColumn
                ? $"Write {column} without REFERENCES, and the key behind it as ADD CONSTRAINT … FOREIGN KEY in a migration of its own, with foreign_key_checks off: a new column has no row to look at"
                : $"Write the key by itself among the elements of {situation.Change.Target}: CONSTRAINT … FOREIGN KEY ({column}) {unheeded.Words} …"));
    }
}
