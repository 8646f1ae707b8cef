using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Source;
using static EfSafeMigrate.Projects.Repositories.HistoryTraps;

namespace EfSafeMigrate.Projects.Repositories;

/// <summary>What a branch does to the migrations that its base already has: databases have run those.</summary>
internal sealed class BranchTraps(Branch branch, string? context)
{
    private readonly IReadOnlyList<SourceMigration> here = branch.Here.Migrations.Of(context).Migrations;
    private readonly IReadOnlyList<SourceMigration> beginning = branch.Beginning.Migrations.Migrations;
    private readonly IReadOnlyList<SourceMigration> tip = branch.Tip.Migrations.Of(context).Migrations;
    private readonly SourceMigration[] added = [.. branch.Added.Where(migration => branch.Here.Migrations.Of(context).Migrations.Contains(migration))];

    public IEnumerable<HistoryChange> Find() => [.. Edited(), .. Gone(), .. Late()];

    private IEnumerable<HistoryChange> Edited()
    {
        foreach (var migration in here)
        {
            var (state, before) = beginning.FirstOrDefault(each => each.Id == migration.Id) is { } began ? (branch.Beginning, began)
                : (branch.Tip, tip.FirstOrDefault(each => each.Id == migration.Id));
            if (before is not null && Differs(migration, state, before) is var (member, line)
                // What the base branch did itself, here by a merge or a pick, is its own affair.
                && !(tip.FirstOrDefault(each => each.Id == migration.Id) is { } now && Differs(migration, branch.Tip, now) is null))
            {
                yield return new EditedMigration(branch.Base, member) { Origin = At(migration.Id, "Migration", migration.File, line) };
            }
        }
    }

    private (string Member, int Line)? Differs(SourceMigration migration, SourceState state, SourceMigration before)
    {
        var mine = branch.Here.Tree.Read(migration.File);
        var theirs = state.Tree.Read(before.File);
        return mine is null || theirs is null || ReferenceEquals(mine, theirs) || mine == theirs ? null
            : MigrationClass.Of(mine, migration.Class) is { } one && MigrationClass.Of(theirs, before.Class) is { } other ? one.DifferenceFrom(other)
            : null;
    }

    private IEnumerable<HistoryChange> Gone()
    {
        var gone = branch.Beginning.Migrations.Of(context).Migrations
            .Where(migration => !Branch.Holds(branch.Here, migration.Id) && Branch.Holds(branch.Tip, migration.Id)).ToList();
        foreach (var migration in added)
        {
            if (gone.Find(each => IsSame(each, migration)) is { } old)
            {
                gone.Remove(old);
                yield return new RenamedMigration(branch.Base, old.Id, FilesOf(old)) { Origin = At(migration.Id, "Migration", migration.File, LineOf(migration)) };
            }
        }
        var disowned = gone.Where(migration => branch.Here.Tree.Read(migration.File) is { } text && MigrationClass.Of(text, migration.Class) is not null).ToList();
        foreach (var migration in disowned)
        {
            yield return new DeletedMigrations(branch.Base, [migration.Id], FilesOf(migration).Where(file => branch.Here.Tree.Read(file) is null).ToArray() is { Length: > 0 } lost ? lost : FilesOf(migration))
            {
                Disowned = true,
                Origin = At(migration.Id, "Migration", migration.File, 1),
            };
        }
        // History that was squashed is one finding, and not three hundred.
        if (gone.Except(disowned).ToArray() is [var first, ..] rest)
        {
            yield return new DeletedMigrations(branch.Base, [.. rest.Select(migration => migration.Id)], [.. rest.SelectMany(FilesOf)]) { Origin = At(first.Id, "Migration", first.File, 1) };
        }
    }

    private IEnumerable<HistoryChange> Late()
    {
        foreach (var migration in added)
        {
            if (tip.LastOrDefault(each => string.CompareOrdinal(each.Id, migration.Id) > 0) is { } later)
            {
                yield return new LateMigration(branch.Base, later.Id, Branch.Holds(branch.Here, later.Id))
                {
                    Snapshot = branch.Here.Migrations.Of(context).Snapshots is [var snapshot, ..] ? snapshot.File : "",
                    Origin = At(migration.Id, "Migration", migration.File, LineOf(migration)),
                };
            }
        }
    }

    /// <summary>The same name, or the same content under another one.</summary>
    private bool IsSame(SourceMigration old, SourceMigration migration) =>
        MigrationChanges.NameOf(old.Id) == MigrationChanges.NameOf(migration.Id)
        || (branch.Beginning.Tree.Read(old.File) is { } before && branch.Here.Tree.Read(migration.File) is { } now
            && MigrationClass.Of(before, old.Class) is { ChangesSomething: true } one && MigrationClass.Of(now, migration.Class) is { } other && one.Content == other.Content);

    private int LineOf(SourceMigration migration) =>
        branch.Here.Tree.Read(migration.File) is { } text && MigrationClass.Of(text, migration.Class) is { } written ? written.Line : 1;

    private static string[] FilesOf(SourceMigration migration) => [.. new[] { migration.File, migration.Designer }.OfType<string>().Distinct()];
}
