using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class SqlserverEditionRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "Only some editions of the server do it so";
    public override string Condition =>
        "A statement demands ONLINE = ON, or a required column with a default is added to a table that exists already, and the edition is one that cannot do it so, or nobody said which it is.";
    public override string Effect =>
        "Standard, Web and Express refuse ONLINE = ON, which fails the migration. A default for existing rows they write into every row while nobody can use the table; other editions keep it beside the table, in an instant.";
    public override string Workaround =>
        "Say which edition the database runs on, and develop on one that does the same. On Standard, Web and Express, leave ONLINE = ON out and apply the change when nobody uses the table; add the column nullable and fill it in batches.";
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var impact = situation.Impact;
        if (impact.NeedsEdition is not { } feature || situation.Engine.FullEditions is not { } full)
        {
            yield break;
        }
        if (situation.Change is AddColumn add)
        {
            if (!situation.IsOnNewTable && situation.StopsTraffic)
            {
                yield return Filled(situation, add, feature, full);
            }
            yield break;
        }
        var known = situation.State.Edition;
        yield return Find(
            situation,
            impact.Refused is null ? Severity.Careful : Severity.Dangerous,
            known is null ? $"{feature} takes {full}: on any other edition {Named(situation.Change)} fails." : $"{feature} takes {full}: on {known} {Named(situation.Change)} fails.",
            Evidence.Of(impact.Basis),
            Cure.Text(known is null
                ? "Say which edition the database runs on with --edition; where it is another, leave ONLINE = ON out and apply it when nobody uses the table"
                : $"Leave ONLINE = ON out, and apply it when nobody uses {situation.Change.Target}: review it with {FactSheet.NoTrafficFlag}"));
    }

    private Finding Filled(Situation situation, AddColumn add, string feature, string full)
    {
        var known = situation.State.Edition;
        var column = add.Column;
        return Find(
            situation,
            known is null ? Severity.Careful : Sizes.OfBlocking(situation),
            $"{feature} takes {full}: {(known is null ? "any other edition" : known)} writes {column.Default!.Sql} into every row of {Say.Sized(add.Table, situation.Table)} when {column.Name} is added, and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the rewrite")}.",
            Evidence.Of(situation, "the rewrite"),
            Cure.Text($"{(known is null ? $"Say with --edition when it is one of {full}; where it is not, add" : "Add")} {column.Name} nullable with the default, which leaves the rows alone, fill them in batches, and make it required in a later migration"));
    }

    private static string Named(Change change) => change switch
    {
        CreateIndex create => $"the build of {create.Index.Name}",
        AddPrimaryKey { Key.Name: { } name } => $"the build of {name}",
        AddUniqueConstraint { Key.Name: { } name } => $"the build of {name}",
        _ => "the statement",
    };
}
