namespace EfSafeMigrate.Updates;

/// <summary>After the steps: EF has recorded them, and no index or constraint was left unproved.</summary>
internal static class Verification
{
    /// <exception cref="SafeMigrateException">Something is not as the plan left it.</exception>
    public static async Task CheckAsync(RunContext run, UpdatePlan plan, CancellationToken cancellation)
    {
        var applied = await run.Work.AppliedAsync(cancellation);
        if (plan.Migrations.FirstOrDefault(migration => !applied.Contains(migration.Id)) is { } missing)
        {
            throw new SafeMigrateException($"EF ran {missing.Name} and did not record it.", "look into EF's history table before anything else is applied", ExitCode.NeedsPerson);
        }
    }
}
