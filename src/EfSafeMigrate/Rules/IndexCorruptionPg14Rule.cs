using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class IndexCorruptionPg14Rule : Rule
{
    public override Category Category => Category.Destructive;
    public override string Title => "This server builds concurrent indexes that lack rows";
    public override string Condition => "An index is built or rebuilt with CONCURRENTLY on PostgreSQL 14.0 to 14.3.";
    public override string Effect => "Rows that change during the build can be missing from the index. Queries through it do not find them, and a unique index lets duplicates in. Nothing reports it.";
    public override string Workaround => "Update the server to 14.4 or later first; rebuild what was built concurrently before.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not (CreateIndex { Concurrently: true } or Reindex { Concurrently: true }) || !situation.Facts.Version.Known
            || situation.Engine.FlawOf(situation.Change, situation.State.Version) is not { } flaw
            || (situation.Change is CreateIndex create && situation.Engine.FlawOf(create with { Concurrently = false }, situation.State.Version) is not null))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Dangerous,
            $"{Outside.Concurrent(situation.Change)} on {situation.Engine.Name} {situation.State.Version}: {flaw.What}.",
            $"documented: {flaw.Page}",
            Cure.Text($"Update the server to {flaw.Fixed} or later first, and name its version in the review"));
    }
}
