using EfSafeMigrate.Projects.Repositories;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Tests.Projects.Repositories;

public class SamplesAreInOrder
{
    [Theory]
    [InlineData("Busy")]
    [InlineData("Legacy")]
    [InlineData("Library")]
    [InlineData("Pair/Pair.Data")]
    [InlineData("Phases")]
    [InlineData("Shop")]
    [InlineData("Tiny")]
    public void Nothing_is_wrong_with_their_files(string sample)
    {
        var here = SourceState.Of(SourceTree.InFolder(Path.Combine(Approval.Root, "tests", "Samples", sample)));
        foreach (var context in here.Migrations.Snapshots.Select(snapshot => snapshot.Context))
        {
            new HistoryTraps(here, null, context).Find([.. here.Migrations.Migrations.Select(migration => migration.Id)]).ShouldBeEmpty();
        }
    }
}
