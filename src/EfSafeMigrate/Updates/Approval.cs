using System.Globalization;

namespace EfSafeMigrate.Updates;

/// <summary>Whether what was approved is what would run.</summary>
internal static class Approval
{
    public static IReadOnlyList<ApprovedMigration> MigrationsOf(UpdatePlan plan) =>
        [.. plan.Migrations.Select(migration => new ApprovedMigration(migration.Id, migration.Checksum))];

    /// <summary>Why the approval does not hold for the plan, as a sentence; null when it does.</summary>
    /// <remarks>It also holds for the rest of what was approved: a run that was interrupted goes on with it.</remarks>
    public static string? Objection(this Approved approved, UpdatePlan plan, bool approverIsNotAuthor, DateTimeOffset now)
    {
        var name = $"The plan {Digest.Spoken(approved.PlanHash)}";
        if (approved.Fingerprint != plan.Target.Fingerprint)
        {
            return $"{name} was approved for another database.";
        }
        if (Difference(approved.Migrations, MigrationsOf(plan)) is { } difference)
        {
            return $"{name} was approved for {"migration".ToQuantity(approved.Migrations.Count)}; {difference}.";
        }
        if (approved.Expires <= now)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{name} was approved until {approved.Expires.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC; that is over.");
        }
        return approverIsNotAuthor ? ByAuthor(approved) : null;
    }

    /// <summary>Why the approver may not approve, as a sentence; null when nothing is in the way.</summary>
    public static string? ByAuthor(Approved approved) => approved switch
    {
        { Authors.Count: 0 } => "Who wrote the migrations is not known here, and the settings want an approver who did not.",
        { Approver: null } => "Who approved is not known, and the settings want somebody who did not write the migrations.",
        { Approver: { } approver } when approved.Authors.Any(approver.Is) => $"{approver} wrote one of the migrations, and the settings want an approver who did not.",
        _ => null,
    };

    private static string? Difference(IReadOnlyList<ApprovedMigration> approved, IReadOnlyList<ApprovedMigration> planned)
    {
        if (planned.FirstOrDefault(migration => approved.All(each => each.Id != migration.Id)) is { } added)
        {
            return Now(planned.Count, approved.Count, $"{added.Id} is new");
        }
        if (planned.FirstOrDefault(migration => !approved.Contains(migration)) is { } changed)
        {
            return $"{changed.Id} has changed since";
        }
        var rest = approved.TakeLast(planned.Count).ToArray();
        return rest.SequenceEqual(planned) ? null
            : Now(planned.Count, approved.Count, $"{rest.First(migration => !planned.Contains(migration)).Id} is not among them");
    }

    private static string Now(int planned, int approved, string what) =>
        planned == approved ? what : $"{(planned == 1 ? "there is now 1" : $"there are now {planned}")} ({what})";
}
