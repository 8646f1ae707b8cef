using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class ConflictMarkersRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A merge conflict is not resolved";
    public override string Condition => "A line of a snapshot, a migration or its Designer begins with the marks that git leaves where it cannot merge.";
    public override string Effect =>
        "The project does not build.";
    public override string Workaround => "Of a snapshot: take the base branch's, delete the files of this branch's migration and add it again; it is written by a tool, and mended by hand it is wrong where nobody looks.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is ConflictMarkers conflict)
        {
            yield return Find(
                situation,
                Severity.Dangerous,
                $"A merge conflict stands in {(conflict.InSnapshot ? "the snapshot" : situation.Migration.Spoken)}: the project does not build.",
                "git's marks in the file",
                Cure.Text(conflict.InSnapshot
                    ? "Take the base branch's snapshot, delete the files of the migrations that this branch adds, then dotnet ef migrations add them again"
                    : "Keep the side that is meant, and delete the lines of marks"));
        }
    }
}
