using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class IdentifierTooLongRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A name is longer than the engine keeps";
    public override string Condition => "A table, column, index or constraint gets a name over the engine's limit.";
    public override string Effect =>
        "PostgreSQL cuts the name off with a notice that EF does not show: a statement by the full name works, a look into the catalogue by it finds nothing, and two names that differ behind the limit are one. Other engines refuse the statement.";
    public override string Workaround => "Give a shorter name, in EF with HasDatabaseName, HasConstraintName or HasColumnName.";
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Engine.Names is not { } limit || GivenNames.Of(situation.Change).Where(given => limit.Exceeds(given.Name)).ToList() is not { Count: > 0 } given)
        {
            yield break;
        }
        var name = given[0];
        var more = given.Count == 1 ? "" : $" So are {Say.List([.. given.Skip(1).Select(each => each.Name)])}.";
        var other = given.Select(each => TakenName.Cut(each, situation.Change, situation.Before, limit)).OfType<string>().FirstOrDefault();
        var becomes = !limit.Cuts ? "the statement fails"
            : other is null ? $"it becomes {limit.Cut(name.Name)}"
            : $"it becomes {limit.Cut(name.Name)}, which {other} is as well, and the statement fails";
        yield return Find(
            situation,
            limit.Cuts && other is null ? Severity.Careful : Severity.Dangerous,
            $"The {name.Kind} {name.Name} is {limit.LengthOf(name.Name)} {limit.Unit} long, over the {limit.Length} that {situation.Engine.Name} keeps: {becomes}.{more}",
            Evidence.Of(limit.Basis),
            Cure.Text($"Give {Say.List([.. given.Select(each => each.Name)])} a name of at most {limit.Length} {limit.Unit}"));
    }
}
