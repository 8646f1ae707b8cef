using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class ConcurrentlyOnPartitionedRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "CONCURRENTLY is asked of a partitioned table";
    public override string Condition => "An index of a partitioned table is created or dropped with CONCURRENTLY.";
    public override string Effect => "The engine has no concurrent form for the parent of partitions and refuses the statement: the migration fails on every server.";
    public override string Workaround => "Create the index ON ONLY the parent, build one on each partition concurrently, and attach them.";
    public override bool ExplainsRefusal => true;
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Impact.Refused is null || situation.Change is not (CreateIndex or DropIndex) || Outside.Concurrent(situation.Change) is not { } statement
            || situation.Change.Target is not { } table || situation.Before.Find(table) is not { Kind: TableKind.Partitioned } || Outside.Passes(situation))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Dangerous,
            $"{statement} fails, whatever the data: {table} is partitioned, and its index can only be built or dropped with the table locked, or partition by partition.",
            Evidence.Of(situation.Impact.Basis),
            (situation.Change is CreateIndex ? Outside.Cure(situation) : null)
                ?? Cure.Text($"Leave CONCURRENTLY out, apply it when nobody uses {table}, and review it with {FactSheet.NoTrafficFlag}"));
    }
}
