using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class RenameEnumValueRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "An enum value is renamed under the running release";
    public override string Condition => "A value of an enum type that exists already gets a new name.";
    public override string Effect => "The rename takes an instant, and from then on the running release fails when it writes or compares the old name, and when it reads the new one.";
    public override string Workaround => "Add the new value beside the old one, deploy a release that knows both, change the rows in batches, and leave the old value unused.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not RenameEnumValue rename
            || situation.EarlierInSet.Any(earlier => earlier is CreateEnum created && created.Type.Name == rename.Type || earlier is AddEnumValue added && added.Type == rename.Type && added.Value == rename.Value))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Dangerous,
            $"'{rename.Value}' of {rename.Type} becomes '{rename.NewValue}': the running release writes '{rename.Value}' and fails from then on, and it cannot read '{rename.NewValue}'.",
            "a release sends and reads the names of its own enum",
            Cure.Text($"Add '{rename.NewValue}' beside '{rename.Value}', deploy a release that knows both, change the rows in batches, and leave '{rename.Value}' unused; or keep the name in the database with PgName(\"{rename.Value}\")"));
    }
}
