using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Source;
using static EfSafeMigrate.Projects.Repositories.HistoryTraps;

namespace EfSafeMigrate.Projects.Repositories;

/// <summary>Whether the snapshot is the sum of the migrations: <c>dotnet ef migrations add</c> believes it whatever it says.</summary>
internal sealed class SnapshotTraps(SourceState here, Branch? branch, string? context)
{
    private const int Recent = 10;

    private readonly SourceMigrations mine = here.Migrations.Of(context);

    public IEnumerable<HistoryChange> Find()
    {
        if (mine.Snapshots is not [var snapshot, ..] || here.Tree.Read(snapshot.File) is not { } text)
        {
            return [];
        }
        return Diverged(snapshot, text) is { } diverged ? [diverged]
            : AgainstBeginning(snapshot, text) is { Count: > 0 } lacks ? lacks
            : Differs(snapshot, text) is { } differs ? [differs]
            : [];
    }

    private DivergedSnapshot? Diverged(SourceSnapshot snapshot, string text)
    {
        if (branch is null || Text(branch.Beginning) is not { } began || Text(branch.Tip) is not { } tip || SnapshotModel.SameText(began, text) || SnapshotModel.SameText(began, tip))
        {
            return null;
        }
        string[] missing = [.. branch.Tip.Migrations.Of(context).Migrations.Select(migration => migration.Id).Where(id => !Branch.Holds(here, id) && !Branch.Holds(branch.Beginning, id))];
        string[] added = Added();
        if (missing.Length == 0 || added.Length == 0)
        {
            return null;
        }
        var line = SnapshotModel.Of(text) is { } now && SnapshotModel.Of(began) is { } before ? LineOf(now.Beyond(before)) : 1;
        return new(branch.Base, missing, added) { Conflicts = branch.ConflictingSnapshots.Contains(snapshot.File), Origin = Place(snapshot, line) };
    }

    /// <summary>What a merge or a forgotten file took from the snapshot, and what came into it without a migration.</summary>
    private IReadOnlyList<HistoryChange> AgainstBeginning(SourceSnapshot snapshot, string text)
    {
        if (branch is null || Text(branch.Beginning) is not { } began)
        {
            return [];
        }
        var added = Added();
        if (added.Length == 0 && SnapshotModel.SameText(began, text))
        {
            return [];
        }
        var newest = added.Length == 0 ? null : mine.Migrations.Last(migration => migration.Id == added[^1]);
        var designer = newest?.Designer is { } file ? here.Tree.Read(file) : null;
        if (designer is not null && SnapshotModel.SameText(designer, text) && SnapshotModel.OnlyGrew(began, text))
        {
            return [];
        }
        if (SnapshotModel.Of(text) is not { } now || SnapshotModel.Of(began) is not { } before)
        {
            return [];
        }
        return newest is null ? [.. new[] { Alone(snapshot, text, now, before) }.OfType<HistoryChange>()]
            : [.. new HistoryChange?[] { LacksOwn(snapshot, now, before, newest.Id, designer), LacksOfBase(snapshot, now, before) }.OfType<HistoryChange>()];
    }

    private SnapshotWithoutMigration? Alone(SourceSnapshot snapshot, string text, SnapshotModel now, SnapshotModel before)
    {
        var more = now.Beyond(before).Concat(before.Beyond(now).Where(statement => !now.ByKey.ContainsKey(statement.Key))).ToArray();
        var untouched = branch!.Beginning.Migrations.Of(context).Migrations.All(migration => Branch.Holds(here, migration.Id));
        return more.Length == 0 || !untouched || (Text(branch.Tip) is { } tip && SnapshotModel.SameText(tip, text)) ? null
            : new(branch.Base, SnapshotStatement.Subjects(more)) { Origin = Place(snapshot, LineOf(now.Beyond(before))) };
    }

    /// <summary>The branch's newest migration was written for a model of which the snapshot knows nothing.</summary>
    private SnapshotLacksMigration? LacksOwn(SourceSnapshot snapshot, SnapshotModel now, SnapshotModel before, string newest, string? designer)
    {
        if (designer is null || SnapshotModel.Of(designer) is not { } model)
        {
            return null;
        }
        var candidates = model.Beyond(before).Where(statement => IsThing(statement) && now.ByKey.GetValueOrDefault(statement.Key)?.Text == before.ByKey.GetValueOrDefault(statement.Key)?.Text).ToArray();
        if (candidates.Length == 0)
        {
            return null;
        }
        var named = NamedHere();
        var lost = candidates.Where(statement => Names(statement, model).Any(named.Contains) && !IsOfOld(statement)).ToArray();
        return lost.Length == 0 ? null : new(newest, SnapshotStatement.Subjects(lost)) { Origin = Place(snapshot, EntityLine(now, lost[0])) };
    }

    /// <summary>The Designer may be older than what the base branch has changed since: then it says what an older one there says.</summary>
    private bool IsOfOld(SnapshotStatement statement) => branch!.Beginning.Migrations.Of(context).Migrations.Reverse().Take(Recent)
        .Any(migration => migration.Designer is { } file && branch.Beginning.Tree.Read(file) is { } text && SnapshotModel.Of(text)?.ByKey.GetValueOrDefault(statement.Key)?.Text == statement.Text);

    /// <summary>What the base branch had in its snapshot is gone from this one, and no migration of this branch names it.</summary>
    private SnapshotLacksMigration? LacksOfBase(SourceSnapshot snapshot, SnapshotModel now, SnapshotModel before)
    {
        var candidates = before.ByKey.Values.Where(statement => !now.ByKey.ContainsKey(statement.Key) && IsThing(statement)).ToArray();
        if (candidates.Length == 0)
        {
            return null;
        }
        var arrived = now.Beyond(before).Select(statement => statement.Property ?? statement.Entity).ToHashSet();
        var named = NamedHere();
        var lost = candidates.Where(statement => !arrived.Contains(statement.Property ?? statement.Entity) && !Names(statement, before).Any(name => named.Any(text => text.Contains(name, StringComparison.OrdinalIgnoreCase)))).ToArray();
        if (lost.Length == 0)
        {
            return null;
        }
        var maker = branch!.Beginning.Migrations.Of(context).Migrations.LastOrDefault(migration => TextsOf(branch.Beginning, migration).Any(text => Names(lost[0], before).Contains(text)));
        return new(maker?.Id, SnapshotStatement.Subjects(lost)) { Base = branch.Base, Origin = Place(snapshot, EntityLine(now, lost[0])) };
    }

    private SnapshotDiffers? Differs(SourceSnapshot snapshot, string text)
    {
        if (branch is not null && Added().Length == 0 && Text(branch.Beginning) == text)
        {
            // As the base branch has it.
            return null;
        }
        if (mine.Migrations is not [.., { Designer: { } file } newest] || here.Tree.Read(file) is not { } designer || SnapshotModel.SameText(designer, text)
            || SnapshotModel.Of(designer) is not { } model || SnapshotModel.Of(text) is not { } now)
        {
            return null;
        }
        var inSnapshot = now.Beyond(model);
        var inDesigner = model.Beyond(now);
        return inSnapshot.Count + inDesigner.Count == 0 ? null
            : new(newest.Id, SnapshotStatement.Subjects(inSnapshot), SnapshotStatement.Subjects(inDesigner))
            {
                Origin = Place(snapshot, inSnapshot.Count > 0 ? LineOf(inSnapshot) : EntityLine(now, inDesigner[0])),
            };
    }

    private HashSet<string> NamedHere() =>
        [.. mine.Migrations.Where(migration => !Branch.Holds(branch!.Beginning, migration.Id)).SelectMany(migration => TextsOf(here, migration))];

    /// <summary>A table or a column, as opposed to what is said of it.</summary>
    private static bool IsThing(SnapshotStatement statement) => statement.Property is not null || statement.Call.Length == 0;

    /// <summary>The names by which a migration speaks of it.</summary>
    private static IEnumerable<string> Names(SnapshotStatement statement, SnapshotModel model)
    {
        string[] calls = ["HasColumnName", "ToTable", "ToView", "ToJson"];
        var about = statement.Property is not null ? [statement] : model.ByKey.Values.Where(each => each.Entity == statement.Entity && each.Property is null);
        return calls.SelectMany(call => about.SelectMany(each => Given(each.Text, call))).Append(statement.Property ?? statement.Entity);
    }

    private static IEnumerable<string> Given(string text, string call) =>
        text.IndexOf($"{call} ( \"", StringComparison.Ordinal) is >= 0 and var at ? [text[(at + call.Length + 4)..].Split('"')[0]] : [];

    private static IEnumerable<string> TextsOf(SourceState state, SourceMigration migration) =>
        state.Tree.Read(migration.File) is { } text && MigrationClass.Of(text, migration.Class) is { } written ? written.Texts() : [];

    private string[] Added() => [.. branch!.Added.Where(mine.Migrations.Contains).Select(migration => migration.Id)];

    private string? Text(SourceState state) => state.Migrations.Of(context).Snapshots is [var snapshot, ..] ? state.Tree.Read(snapshot.File) : null;

    private static int LineOf(IReadOnlyList<SnapshotStatement> statements) => statements.Count == 0 ? 1 : statements[0].Line;

    /// <summary>Where the entity stands in the snapshot that a statement is missing from.</summary>
    private static int EntityLine(SnapshotModel model, SnapshotStatement statement) =>
        model.ByKey.Values.Where(each => each.Entity == statement.Entity).Select(each => each.Line).DefaultIfEmpty(model.ByKey.Values.Select(each => each.Line).DefaultIfEmpty(1).Min()).Min();

    private static Origin Place(SourceSnapshot snapshot, int line) => At(Path.GetFileNameWithoutExtension(snapshot.File), "Snapshot", snapshot.File, line);
}
