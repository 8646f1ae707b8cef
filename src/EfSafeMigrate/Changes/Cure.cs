namespace EfSafeMigrate.Changes;

/// <summary>What to do instead, with the names filled in.</summary>
/// <param name="Advice">One sentence, an order.</param>
/// <param name="Migrations">The statements that do it, in the order of the migrations that hold them; empty when the advice is all.</param>
internal sealed record Cure(string Advice, IReadOnlyList<CureMigration> Migrations)
{
    public static Cure Text(string advice) => new(advice, []);
}

/// <param name="OutsideTransaction">True when the statements go into <c>Sql(…, suppressTransaction: true)</c>.</param>
internal sealed record CureMigration(IReadOnlyList<string> Sql, bool OutsideTransaction = false);
