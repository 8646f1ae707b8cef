using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class RequireTableSchemaRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A table is created without saying in which schema";
    public override string Condition => "A table is created under a name without a schema, on an engine that looks such names up along a path.";
    public override string Effect => "The session decides where the table goes: with another role or another search_path it appears in another schema, or hides a table of the same name.";
    public override string Workaround => "Name the schema, in EF with HasDefaultSchema or the schema argument of ToTable.";
    public override bool SeesNewTables => true;
    public override bool OnRequest => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not CreateTable { Table: { Schema: null } table, Temporary: false } || situation.Engine.Design.SearchesSchemas is not { } basis)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Safe,
            $"{table} is created in whichever schema comes first in the session's search_path.",
            Evidence.Of(basis),
            Cure.Text($"Name the schema of {table}"));
    }
}
