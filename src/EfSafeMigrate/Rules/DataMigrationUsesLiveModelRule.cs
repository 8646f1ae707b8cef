using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DataMigrationUsesLiveModelRule : Rule
{
    public override Category Category => Category.Irreversible;
    public override string Title => "A migration uses the application's own classes";
    public override string Condition => "The Up or Down of a migration creates the DbContext, or uses one of the entity classes.";
    public override string Effect =>
        "The migration stays and the classes move on: on the next new database it runs with the model of that day, which asks for columns that do not exist yet at this point of the history. A context of its own also stands outside the migration's transaction.";
    public override string Workaround => "Write the data change as SQL, or with InsertData, UpdateData and DeleteData.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is LiveModelUse use)
        {
            yield return Find(
                situation,
                Severity.Careful,
                $"{situation.Migration.Spoken} uses {use.Used} as it is today: on a new database it meets the tables as they were then, and fails once the two differ.",
                "the migration's source",
                Cure.Text("Write it as SQL, or with InsertData, UpdateData and DeleteData, which name tables and columns by text"));
        }
    }
}
