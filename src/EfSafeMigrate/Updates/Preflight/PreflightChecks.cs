namespace EfSafeMigrate.Updates.Preflight;

/// <summary>Every check, in the order of their names.</summary>
internal static class PreflightChecks
{
    public static IReadOnlyList<PreflightCheck> All { get; } =
    [
        .. typeof(PreflightCheck).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(PreflightCheck)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (PreflightCheck)Activator.CreateInstance(type)!),
    ];

    /// <summary>All are asked, so that a person mends everything at once.</summary>
    /// <exception cref="SafeMigrateException">At least one refuses; the database is as it was.</exception>
    public static async Task RunAsync(PreflightContext context, Action<Objection> tell, CancellationToken cancellation)
    {
        List<Objection> objections = [];
        foreach (var check in All)
        {
            objections.AddRange(await check.CheckAsync(context, cancellation));
        }
        var refusals = objections.Where(objection => objection.Refuses).ToArray();
        foreach (var objection in objections.Except(refusals.Take(1)))
        {
            tell(objection);
        }
        if (refusals is [var first, ..])
        {
            throw new SafeMigrateException($"{first.Sentence} Nothing was changed.", first.Next, ExitCode.StoppedSafely);
        }
    }
}
