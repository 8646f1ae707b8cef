using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class NotValidUnsupportedPartitionedRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "NOT VALID is asked of a partitioned table";
    public override string Condition => "A NOT VALID foreign key is added to a partitioned table on a PostgreSQL older than 18.";
    public override string Effect => "The engine refuses it: the migration fails on every server, though the same statement is the safe form on an ordinary table.";
    public override string Workaround => "Add the foreign key to each partition NOT VALID and validate it there, then add it to the parent.";
    public override bool ExplainsRefusal => true;
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Impact.Refused is null || situation.Change is not AddForeignKey { ForeignKey.Validated: false } add
            || situation.Before.Find(add.Table) is not { Kind: TableKind.Partitioned })
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Dangerous,
            $"Adding {add.ForeignKey.Name ?? "the foreign key"} NOT VALID fails, whatever the data: {add.Table} is partitioned, and {situation.Engine.Name} {situation.State.Version} validates a foreign key there at once or not at all.",
            Evidence.Of(situation.Impact.Basis),
            situation.Engine.Online.ForeignKey?.Invoke(add, situation.State)
                ?? Cure.Text($"Add the foreign key to each partition of {add.Table}, then to {add.Table}"));
    }
}
