using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Projects.Repositories;

/// <summary>Changes of the model that no migration holds yet.</summary>
internal static class PendingModel
{
    public static bool IsIn(ChangeSet changes) => Of(changes) is not null;

    /// <summary>On the way to a base branch the migration has to be there; at work it is only about to be added.</summary>
    /// <param name="base">The revision of <c>--base</c>.</param>
    public static ChangeSet Missed(ChangeSet changes, string? @base, string efVersion) =>
        @base is null || Of(changes) is not { } pending ? changes
            : new([.. changes.Migrations.Select(migration => migration != pending ? migration : pending with
            {
                Changes = [.. pending.Changes, new UnmigratedModel(@base, pending.Changes.Select(change => change.Origin.Operation).Distinct().Count(), efVersion) { Origin = new(Origin.PendingModel, -1, "Model") }],
            })]);

    private static MigrationChanges? Of(ChangeSet changes) => changes.Migrations.FirstOrDefault(migration => migration is { IsPendingModel: true, Changes.Count: > 0 });
}
