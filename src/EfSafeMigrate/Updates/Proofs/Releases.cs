using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Updates.Proofs;

/// <summary>Two releases around the migrations that lead from one to the other.</summary>
/// <param name="Previous">Id of the migration whose model the running release has; null when nothing was deployed.</param>
/// <param name="Next">Id of the migration whose model the new release has; empty for the snapshot.</param>
/// <param name="Migrations">From the one to the other, oldest first; those at the front may be applied already.</param>
internal sealed record Releases(string? Previous, string Next, IReadOnlyList<MigrationChanges> Migrations)
{
    /// <summary>The snapshot's.</summary>
    public const string Newest = "";

    /// <summary>A plan that is half applied leads away from the release before all of it: its interim models are those of no release.</summary>
    /// <param name="all">Every migration of the project, oldest first.</param>
    /// <param name="applied">Ids of those that are applied.</param>
    public static Releases Of(IReadOnlyList<MigrationChanges> all, IReadOnlyCollection<string> applied)
    {
        var plans = all.Where(migration => !applied.Contains(migration.Id)).Select(migration => migration.Phase?.Plan).OfType<string>().ToHashSet();
        var first = all.TakeWhile(migration => applied.Contains(migration.Id) && (migration.Phase is null || !plans.Contains(migration.Phase.Plan))).Count();
        return new(first == 0 ? null : all[first - 1].Id, Newest, [.. all.Skip(first)]);
    }

    /// <summary>A contract waits until its release has taken over: what comes behind it leads to the next one.</summary>
    /// <param name="all">Every migration of the project, oldest first.</param>
    /// <param name="applied">Ids of those that are applied.</param>
    public static IReadOnlyList<Releases> InTurn(IReadOnlyList<MigrationChanges> all, IReadOnlyCollection<string> applied)
    {
        var whole = Of(all, applied);
        List<Releases> turns = [];
        List<MigrationChanges> turn = [];
        foreach (var migration in whole.Migrations)
        {
            if (Horizon.PhaseOf(migration) != PhaseKind.Contract && turn is [.., var last] && Horizon.PhaseOf(last) == PhaseKind.Contract)
            {
                turns.Add(new(turns is [.., var before] ? before.Next : whole.Previous, last.Id, [.. turn]));
                turn.Clear();
            }
            turn.Add(migration);
        }
        return [.. turns, new(turns is [.., var ended] ? ended.Next : whole.Previous, whole.Next, [.. turn])];
    }

    /// <summary>The old release works until the first contract.</summary>
    /// <param name="applied">Id of the migration that was applied last; null before the first.</param>
    public bool PreviousWorks(string? applied) => Previous is not null && !Upto(applied).Any(migration => Horizon.PhaseOf(migration) == PhaseKind.Contract);

    /// <summary>The new release works when everything is there that it needs: behind the last expansion.</summary>
    public bool NextWorks(string? applied) => !Migrations.Skip(Upto(applied).Count).Any(migration => Horizon.PhaseOf(migration) == PhaseKind.Expand);

    /// <summary>What keeps two columns equal, or fills one, in a state: its trigger is there, and both columns are.</summary>
    public IReadOnlyList<BackfillSpec> Kept(string? applied) =>
    [
        .. Between(applied)
            .SelectMany(migration => migration.Backfills.Values.Concat(migration.Phase!.Filled))
            .Where(spec => spec.Trigger is not null)
            .DistinctBy(spec => (spec.Table, spec.Column)),
    ];

    /// <summary>Columns whose values are kept in others, in a state.</summary>
    public IReadOnlyList<Regrouping> Regrouped(string? applied) =>
        [.. Between(applied).Where(migration => Horizon.PhaseOf(migration) == PhaseKind.Expand).SelectMany(migration => migration.Phase!.Regroups ?? [])];

    /// <summary>The migrations of plans that have expanded and not contracted.</summary>
    private IEnumerable<MigrationChanges> Between(string? applied)
    {
        var done = Upto(applied).ToHashSet();
        return Migrations.Where(migration => migration.Phase is not null).GroupBy(migration => migration.Phase!.Plan)
            .Where(plan => plan.All(migration => done.Contains(migration) == (Horizon.PhaseOf(migration) == PhaseKind.Expand) || Horizon.PhaseOf(migration) is PhaseKind.Backfill or PhaseKind.Constrain))
            .SelectMany(plan => plan);
    }

    /// <summary>Tables that a view serves under their old names, in a state.</summary>
    public IReadOnlyList<MovedTable> Moved(string? applied)
    {
        var done = Upto(applied);
        return
        [
            .. from migration in done
               from rename in migration.Changes.OfType<RenameTable>()
               where migration.Changes.OfType<CreateView>().Any(view => view.View.Matches(rename.Table))
                   && !done.Any(later => later.Changes.OfType<DropView>().Any(drop => drop.View.Matches(rename.Table)))
               select new MovedTable(rename.Table, rename.NewName),
        ];
    }

    /// <summary>
    /// Migrations whose models have what a state demands beyond its own model: a unique index stands before the constraint that the model knows
    /// it by, and a NOT NULL is a check first.
    /// </summary>
    public IReadOnlyList<string> Announced(string? applied)
    {
        var plans = Upto(applied).Where(migration => Horizon.PhaseOf(migration) == PhaseKind.Constrain).Select(migration => migration.Phase!.Plan).ToHashSet();
        return
        [
            .. Migrations.Where(migration => Horizon.PhaseOf(migration) == PhaseKind.Constrain && plans.Contains(migration.Phase!.Plan))
                .GroupBy(migration => migration.Phase!.Plan).Select(plan => plan.Last().Id),
        ];
    }

    /// <summary>Columns that go while others come under their names: each has another type for each release.</summary>
    public IReadOnlyList<HeldColumn> OfTwoTypes =>
    [
        .. (from migration in Migrations
            from drop in migration.Changes.OfType<DropColumn>()
            where migration.Changes.OfType<RenameColumn>().Any(rename => rename.NewName == drop.Name && rename.Table.Matches(drop.Table))
            select new HeldColumn(drop.Table, drop.Name)).Distinct(),
    ];

    /// <summary>The schema as the models have it after a migration.</summary>
    public DatabaseModel Schema(string? applied)
    {
        var done = Upto(applied).Count;
        return Migrations.Count == 0 ? DatabaseModel.Empty
            : done < Migrations.Count ? Migrations[done].Source
            : Migrations[^1].Changes.Aggregate(Migrations[^1].Source, Evolution.After);
    }

    private IReadOnlyList<MigrationChanges> Upto(string? applied)
    {
        var at = Migrations.Select(migration => migration.Id).ToList().IndexOf(applied ?? "");
        return [.. Migrations.Take(at + 1)];
    }
}
