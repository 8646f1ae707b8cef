using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Updates.Preflight;

/// <summary>
/// Who has a transaction open that a step will meet. A young one ends by itself and is waited for; one that has been open for an hour
/// was forgotten, and a step that needs what it holds would only fail late.
/// </summary>
internal sealed class LongTransactionsCheck : PreflightCheck
{
    /// <summary>Younger ones are traffic.</summary>
    private static readonly TimeSpan Worth = TimeSpan.FromSeconds(5);

    private const int Named = 3;

    public override string Title => "transactions that are open now";

    public override async Task<IReadOnlyList<Objection>> CheckAsync(PreflightContext context, CancellationToken cancellation)
    {
        var rows = await context.AskAsync(context.Forms.Transactions, cancellation);
        var open = rows.GroupBy(row => row[0]!).Select(group => OpenTransaction.Of(group.Key, [.. group])).ToArray();
        var met = open.Select(transaction => (Transaction: transaction, Step: Meets(transaction, context.Plan))).ToArray();
        var stuck = met.Where(each => each.Step is not null && each.Transaction.Age > context.Settings.Forgotten).ToArray();
        var old = met.Except(stuck).Where(each => each.Transaction.Age > Worth).ToArray();
        return
        [
            .. stuck.Select(each => Objection.Refuse(
                $"{each.Transaction.Spoken}, and {each.Step} waits for it.", each.Transaction.End)),
            .. old.Take(Named).Select(each => Objection.Warn(
                $"{each.Transaction.Spoken}{(each.Step is null ? "" : $"; {each.Step} waits for it")}.",
                each.Step is null ? "none of the steps needs what it holds" : $"wait until it ends; {each.Transaction.End}")),
            .. old.Length > Named ? [Objection.Warn($"{(old.Length - Named).ToString(CultureInfo.InvariantCulture)} more transactions have been open for over {Say.Duration(Worth)}.", "look for applications that leave transactions open")] : Array.Empty<Objection>(),
        ];
    }

    /// <summary>The first migration that cannot go on before the transaction ends.</summary>
    private static string? Meets(OpenTransaction open, UpdatePlan plan) => plan.Migrations
        .FirstOrDefault(migration => migration.Judged.Situations.Any(situation =>
            (open.HoldsBack && WaitsForAll(situation.Change))
            || situation.Impact.Locks.Any(taken => open.Tables.Any(table =>
                table.Is(taken.Table) && taken.Blocks >= (table.Written ? Blocks.Writes : Blocks.ReadsAndWrites)))))?.Name;

    private static bool WaitsForAll(Change change) => change is CreateIndex { Concurrently: true } or DropIndex { Concurrently: true } or Reindex { Concurrently: true };

    private sealed record OpenTransaction(string Name, string Ending, string Application, TimeSpan Age, bool HoldsBack, IReadOnlyList<HeldTable> Tables)
    {
        public string Spoken =>
            $"{char.ToUpperInvariant(Name[0])}{Name[1..]}{(Application.Length > 0 ? $" ({Application})" : "")} has had a transaction open for {Say.Duration(Age)}";

        public string End => $"{Ending}   ends it";

        public static OpenTransaction Of(string name, IReadOnlyList<IReadOnlyList<string?>> rows) => new(
            name, rows[0][1]!, rows[0][2] ?? "", TimeSpan.FromMilliseconds(long.Parse(rows[0][3]!, CultureInfo.InvariantCulture)), rows[0][4] == "true",
            [.. rows.Where(row => row[5] is not null).Select(row => new HeldTable(row[5]!, row[6]!, row[7] == "true", row[8] == "true"))]);
    }

    /// <param name="Written">Not only read.</param>
    /// <param name="Visible">Its bare name means this table, and none of this name in another schema.</param>
    private sealed record HeldTable(string Schema, string Name, bool Written, bool Visible)
    {
        public bool Is(TableName table) => table.Name == Name && (table.Schema is null ? Visible : table.Schema == Schema);
    }
}
