using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Documents;

/// <summary>What is written into rows: backfills with their batches, and statements that touch rows themselves.</summary>
internal static class DataSteps
{
    private static readonly string[] Head = ["migration", "column", "new value", "rows", "expected"];

    public static string Of(Dossier dossier)
    {
        var fills = dossier.Migrations.SelectMany(migration => migration.Migration.Backfills.Values.Select(spec => (migration.Migration.Name, Spec: spec))).ToArray();
        string[] others = [.. dossier.Migrations.SelectMany(Statements)];
        return fills.Length + others.Length == 0 ? "No row is written." : Page.Join(
            fills.Length == 0 ? "" : Page.Text("Filled in batches, each a transaction of its own; a batch keeps no row from others for longer than it lasts, and a run that is stopped goes on behind the last one."),
            Page.Table(Head, fills.Select(fill => Row(fill.Name, fill.Spec, dossier))),
            Page.List(others));
    }

    private static IReadOnlyList<string> Row(string migration, BackfillSpec spec, Dossier dossier)
    {
        var facts = dossier.Review.Facts.Of(spec.Table);
        return
        [
            Markdown.Code(migration, inTable: true), Markdown.Code(Say.Column(spec.Table, spec.Column), inTable: true), Markdown.Code(spec.Expression, inTable: true),
            facts.Rows.Value is { } rows ? $"{rows.ToString("N0", CultureInfo.InvariantCulture)}{(spec.Where is null ? "" : " at most")}" : "not measured", Expected(facts, dossier),
        ];
    }

    /// <summary>Batches and time, by the engine's usual rate.</summary>
    private static string Expected(TableFacts facts, Dossier dossier)
    {
        if (Batches(facts, dossier) is not { } batches || Time(facts, dossier) is not { } time)
        {
            return "unknown";
        }
        return $"about {batches.ToString("N0", CultureInfo.InvariantCulture)} {(batches == 1 ? "batch" : "batches")}, {Say.Duration(time)}";
    }

    /// <summary>How long a backfill of the table lasts; null where nobody knows.</summary>
    public static TimeSpan? Time(TableFacts facts, Dossier dossier)
    {
        var work = Estimate.Of(new Impact { Locks = [], Work = Work.RowChanges, Basis = new(null, null) }, facts, dossier.Engine.Rates);
        return work is { Low: { } low, High: { } high } && Batches(facts, dossier) is { } batches
            ? Estimate.Middle(low, high) + (batches * TimeSpan.FromMilliseconds(dossier.Settings.Backfill.PauseMilliseconds ?? 0)) : null;
    }

    private static long? Batches(TableFacts facts, Dossier dossier)
    {
        if (facts.Rows.Value is not { } rows || !dossier.Engine.HasBackfill)
        {
            return null;
        }
        var terms = dossier.Settings.Backfill;
        var target = terms.TargetMilliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : dossier.Engine.Backfill.Target;
        var size = terms.BatchSize ?? Math.Max(1, (long)(dossier.Engine.Rates.RowChanges * target.TotalSeconds));
        return Math.Max(1, (rows + size - 1) / size);
    }

    private static IEnumerable<string> Statements(ReviewedMigration migration) => migration.Situations
        .Where(situation => situation.Change is InsertData or UpdateData or DeleteData or UpdateRows or DeleteRows or InsertRows or Truncate && !migration.Migration.Backfills.ContainsKey(situation.Change.Origin.Operation))
        .Select(situation => $"{Markdown.Code(migration.Migration.Name)}: {Markdown.Text(Phrase.Of(situation))}, in the migration itself");
}
