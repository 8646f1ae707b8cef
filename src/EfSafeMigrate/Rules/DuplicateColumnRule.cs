using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DuplicateColumnRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A table would have a column twice";
    public override string Condition => "A new table lists a column twice, or a column is added that the table has.";
    public override string Effect => "The statement fails on every server, with or without rows. What the migration committed before it stays.";
    public override string Workaround => "Leave one of the two out; where the column may be there already, ADD COLUMN IF NOT EXISTS skips it on engines that have the words.";
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (Repeats.Of(situation.Change, situation.Before) is not { } column || situation.Change.Target is not { } table)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Dangerous,
            situation.Change is CreateTable
                ? $"CREATE TABLE {table} lists {column} twice and fails in {situation.Migration.Spoken}, whatever the data."
                : $"{table} has a column {column} already: adding another fails in {situation.Migration.Spoken}, whatever the data.",
            "no engine takes two columns of one name",
            Cure.Text($"Leave out one of the two columns {column}"));
    }
}
