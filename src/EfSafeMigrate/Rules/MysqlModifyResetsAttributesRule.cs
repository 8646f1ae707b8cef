using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlModifyResetsAttributesRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "What a restated column leaves out is gone";
    public override string Condition =>
        "MODIFY or CHANGE leaves out the DEFAULT, ON UPDATE, COMMENT or AUTO_INCREMENT that the column has, or an operation of EF restates a column to which SQL of this change set gave one that the model does not know.";
    public override string Effect => "The attribute is dropped without a word. INSERTs that relied on the default or the number fail or store NULL.";
    public override string Workaround => "Restate the whole column, or change only the one attribute with ALTER COLUMN … SET DEFAULT. Tell the model what SQL gave the column.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Engine.RestatesColumns is not { } basis || situation.Change is not AlterColumn { Clause: null or "MODIFY" or "CHANGE" } alter || situation.Change.Origin.Emitted)
        {
            yield break;
        }
        var known = alter.Clause is not null ? alter.Old : GivenByHand(situation, alter);
        if (known is null || Lost(known, alter.New) is not { Count: > 0 } lost)
        {
            yield break;
        }
        var numbered = known.Identity && !alter.New.Identity;
        yield return Find(
            situation,
            numbered ? Severity.Dangerous : Severity.Careful,
            $"{(alter.Clause ?? "The provider's MODIFY")} restates {alter.Table}.{alter.New.Name} without {Say.List(lost)}, which the column has: {(lost.Count == 1 ? "it is" : "they are")} dropped without a word{(numbered ? ", and every INSERT that leaves the number to the server fails" : "")}.",
            Evidence.Of(basis),
            Cure.Text($"Restate {Say.List(lost)} as well{(alter.Clause is not null ? "" : ", by giving the property what SQL gave the column")}"));
    }

    /// <summary>What SQL of the change set gave the column, and EF's own old column does not hold.</summary>
    private static Column? GivenByHand(Situation situation, AlterColumn alter)
    {
        if (situation.EarlierInSet.OfType<AlterColumn>().LastOrDefault(earlier =>
            earlier is { Clause: not null, Origin.Emitted: false } && earlier.Table.Matches(alter.Table) && earlier.New.Name == alter.New.Name) is not { } given)
        {
            return null;
        }
        var before = given.Old ?? given.New with { Default = null, OnUpdate = null, Comment = null, Identity = false };
        return given.New with
        {
            Default = given.New.Default == before.Default ? null : given.New.Default,
            OnUpdate = given.New.OnUpdate == before.OnUpdate ? null : given.New.OnUpdate,
            Comment = given.New.Comment == before.Comment ? null : given.New.Comment,
            Identity = given.New.Identity && !before.Identity,
        };
    }

    private static List<string> Lost(Column old, Column now)
    {
        List<string> lost = [];
        if (old.Default is { } given && now.Default is null && !given.Sql.Equals("NULL", StringComparison.OrdinalIgnoreCase))
        {
            lost.Add($"DEFAULT {given.Sql}");
        }
        if (old.OnUpdate is { } updated && now.OnUpdate is null)
        {
            lost.Add($"ON UPDATE {updated}");
        }
        if (old.Identity && !now.Identity)
        {
            lost.Add("AUTO_INCREMENT");
        }
        if (old.Comment is { Length: > 0 } && now.Comment is null)
        {
            lost.Add("its COMMENT");
        }
        return lost;
    }
}
