using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Verifications;

/// <summary>The tables are as the model says that EF has of them; what was different before the steps is not theirs.</summary>
internal sealed class ModelCheck
{
    private const int Seconds = 15;

    /// <summary>So many differences are told.</summary>
    private const int Shown = 3;

    private readonly Engine engine;
    private readonly HashSet<Difference> before;

    private ModelCheck(Engine engine, IEnumerable<Difference> before) => (this.engine, this.before) = (engine, [.. before]);

    public static async Task<ModelCheck> BeforeAsync(Query query, Engine engine, DatabaseModel model, CancellationToken cancellation) =>
        new(engine, await CompareAsync(query, engine, model, cancellation));

    /// <param name="owed">What contracts will make that nobody has written yet.</param>
    /// <returns>What was compared.</returns>
    /// <exception cref="SafeMigrateException">Something is not as the model says, and was not so before.</exception>
    public async Task<string?> CheckAsync(Query query, DatabaseModel model, HeldNames owed, CancellationToken cancellation)
    {
        var found = owed.Without(await CompareAsync(query, engine, model, cancellation));
        var left = found.Where(difference => !before.Contains(difference)).ToArray();
        if (left.Length > 0)
        {
            var more = left.Length > Shown ? $", and {"other difference".ToQuantity(left.Length - Shown)}" : "";
            throw new SafeMigrateException(
                $"{Verification.Done}{string.Join("; ", left.Take(Shown).Select(difference => difference.Sentence))}{more}.",
                "look at what the last migration did there; the releases were built for the model", ExitCode.NeedsPerson);
        }
        var known = found.Count == 0 ? "" : $"; {"other difference".ToQuantity(found.Count)} {(found.Count == 1 ? "was" : "were")} there before, such as: {found[0].Sentence}";
        return $"{"table".ToQuantity(model.Tables.Count)}, {"column".ToQuantity(model.Tables.Sum(table => table.Columns.Count))}, {"key".ToQuantity(model.Tables.Sum(Keys))}, "
            + $"{"foreign key".ToQuantity(model.Tables.Sum(table => table.ForeignKeys.Count))} and {"index".ToQuantity(model.Tables.Sum(table => table.Indexes.Count))} are as the model says{known}.";
    }

    private static int Keys(Table table) => table.UniqueConstraints.Count + (table.PrimaryKey is null ? 0 : 1);

    private static async Task<IReadOnlyList<Difference>> CompareAsync(Query query, Engine engine, DatabaseModel model, CancellationToken cancellation) =>
        model.Tables.Count == 0 ? [] : await CompareAsync(query, engine, model, await LiveSchema.ReadAsync(query, engine.Live, cancellation), cancellation);

    /// <param name="live">What is there.</param>
    public static async Task<IReadOnlyList<Difference>> CompareAsync(Query query, Engine engine, DatabaseModel model, DatabaseModel live, CancellationToken cancellation)
    {
        var forms = engine.Live;
        return await new ModelComparison(forms, SameAsync).OfAsync(model, live);

        async Task<bool> SameAsync(string type, string one, string other)
        {
            var ask = forms.SameValue(type, one, other);
            try
            {
                return (await query(ask.Sql, ask.Parameters, Seconds, cancellation)).Rows is not [["no"]];
            }
            catch (QueryFailure failure) when (!failure.Lost)
            {
                // No value by itself: nobody can say that they differ.
                return true;
            }
        }
    }
}
