using EfSafeMigrate.Sessions;

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
        var objections = await AskAsync(context, All, cancellation);
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

    /// <summary>What cannot be found out is said, and refuses nothing: a role often may not see what a check looks at.</summary>
    public static async Task<IReadOnlyList<Objection>> AskAsync(PreflightContext context, IEnumerable<PreflightCheck> checks, CancellationToken cancellation)
    {
        List<Objection> objections = [];
        foreach (var check in checks)
        {
            try
            {
                objections.AddRange(await check.CheckAsync(context, cancellation));
            }
            catch (QueryFailure failure) when (!failure.Lost)
            {
                objections.Add(Objection.Warn($"Not checked: {check.Title}; the database says: {failure.Sentence.TrimEnd('.')}.", "look into it by hand, if it matters here"));
            }
        }
        return objections;
    }
}
