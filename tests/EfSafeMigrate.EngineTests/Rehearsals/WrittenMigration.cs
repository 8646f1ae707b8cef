using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using SqlStep = EfSafeMigrate.Plans.Sql;

namespace EfSafeMigrate.EngineTests.Rehearsals;

/// <summary>A migration as its commands, in both directions.</summary>
internal sealed record WrittenMigration(string Name, IReadOnlyList<string> Up, IReadOnlyList<string> Down)
{
    /// <summary>Its commands commit by themselves.</summary>
    public bool Suppressed { get; init; }

    /// <summary>What it says of itself; null for a migration of no plan.</summary>
    public PhaseMark? Phase { get; init; }

    /// <summary>Its commands that are backfills, by their place.</summary>
    public IReadOnlyDictionary<int, BackfillSpec> Backfills { get; init; } = new Dictionary<int, BackfillSpec>();

    public WrittenMigration(string name, string up, string down) : this(name, [up], down.Length == 0 ? [] : [down])
    {
    }

    public static WrittenMigration Of(PlannedMigration migration, string plan) => new(
        $"{plan}{migration.Suffix}", [.. migration.Up.Select(PlanText.SqlOf)], [.. migration.Down.Select(PlanText.SqlOf)])
    {
        Suppressed = migration.Up.Concat(migration.Down).Any(step => step is Fill or SqlStep { Suppressed: true }),
        Phase = migration.Mark(plan),
        Backfills = migration.Up.Select((step, at) => (Spec: (step as Fill)?.Spec, at)).Where(each => each.Spec is not null).ToDictionary(each => each.at, each => each.Spec!),
    };
}
