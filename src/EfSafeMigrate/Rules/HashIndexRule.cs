using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class HashIndexRule : Rule
{
    public override Category Category => Category.Destructive;
    public override string Title => "A hash index does not survive a crash";
    public override string Condition => "An index USING hash is created on a PostgreSQL older than 10.";
    public override string Effect => "The index is not logged. After a crash it is wrong until it is rebuilt, and a standby never has it: queries miss rows.";
    public override string Workaround => "Use a btree index.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not CreateIndex { Index: { Method: not null } index } create
            || situation.Engine.FlawOf(create with { Concurrently = false }, situation.State.Version) is not { } flaw)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Dangerous,
            $"{index.Name} on {create.Table} is a hash index on {situation.Engine.Name} {situation.State.Version}: {flaw.What}.",
            $"documented: {flaw.Page}",
            Cure.Text($"Leave USING {index.Method} out: a btree index answers the same queries"));
    }
}
