using EfSafeMigrate.Updates.Drifts;

namespace EfSafeMigrate.Updates.Preflight;

/// <summary>The schema is as the last applied migration left it: what other hands have changed, the next migration does not know.</summary>
internal sealed class DriftCheck : PreflightCheck
{
    private const int Told = 3;
    private const string Look = "dotnet safe-migrate drift   shows it";

    public override string Title => "no drift from the last applied migration";

    public override async Task<IReadOnlyList<Objection>> CheckAsync(PreflightContext context, CancellationToken cancellation)
    {
        if (context.Drift is not { } terms)
        {
            return [];
        }
        try
        {
            return await terms.ReadAsync(cancellation) is { Found.Count: > 0 } drift ? [Of(drift, terms)] : [];
        }
        catch (SafeMigrateException exception)
        {
            return [Objection.Warn($"Not checked: {Title}. {exception.Message}", exception.Next)];
        }
    }

    private static Objection Of(Drift drift, DriftTerms terms)
    {
        var more = drift.Found.Count > Told ? $", and {"other difference".ToQuantity(drift.Found.Count - Told)}" : "";
        var sentence = $"Other hands have changed the schema since {drift.Migration}: {string.Join("; ", drift.Found.Take(Told).Select(found => found.Sentence))}{more}.";
        return terms.Refuses is { } why && !terms.IsAccepted
            ? Objection.Refuse($"{sentence} {char.ToUpperInvariant(why[0])}{why[1..]}.", $"{Look}; --accept-drift --reason \"…\"   applies all the same")
            : Objection.Warn(sentence, Look);
    }
}

/// <param name="Read">Compares the database with its last applied migration.</param>
/// <param name="Refuses">Why a run does not start on a schema that other hands have changed, as a clause; null where it does.</param>
/// <param name="IsAccepted">Somebody has said that it starts all the same.</param>
internal sealed record DriftTerms(Func<CancellationToken, Task<Drift>> Read, string? Refuses, bool IsAccepted)
{
    private Drift? drift;

    public async Task<Drift> ReadAsync(CancellationToken cancellation) => drift ??= await Read(cancellation);

    /// <summary>What the journal keeps of it when the safeguard was set aside.</summary>
    public IReadOnlyList<RunEvent> Overridden(string? reason) => Refuses is not null && IsAccepted && drift is { Found: { Count: > 0 } found }
        ? [new Overridden($"drift: {string.Join("; ", found.Select(each => each.Sentence))}", reason!)] : [];
}
