using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class UnversionedApiRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A public API without a version uses what changes";
    public override string Condition =>
        "Where the settings ask for it with `gates.unversionedApi`: an action of a controller, a mapped path or a method of a gRPC service uses a column or table that the migration touches, itself or by what it calls, and neither its route nor its attributes say a version. `warn` makes it careful, `fail` dangerous.";
    public override string Effect => "Who calls it gets another answer from one release to the next under the same address, and cannot ask for the old one.";
    public override string Workaround => "Say a version: `/v1/` in the route, `[ApiVersion]`, `HasApiVersion`, or for gRPC a package such as `shop.v1`.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is UnversionedApi api)
        {
            yield return Find(
                situation,
                api.Fails ? Severity.Dangerous : Severity.Careful,
                $"{api.Api} uses what changes and says no version: {api.Touched}, and who calls it cannot ask for what it was.",
                "the code of the solution",
                Cure.Text($"Say a version of {api.Api} in its route or its attributes, and keep the old one until nobody calls it"));
        }
    }
}
