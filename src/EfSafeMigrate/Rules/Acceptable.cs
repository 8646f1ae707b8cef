using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

/// <summary>What the engine would have to be told, or rid of, to accept a change it refuses: found by asking it again.</summary>
internal static class Acceptable
{
    public static string? Of(Situation situation)
    {
        var (change, model) = (situation.Change, situation.Before);
        var views = model.Tables.Where(IsView).Where(view => change.Target is { } table && view.Sql.Mentions(table.Name)).Select(view => view.Name.ToString()).ToArray();
        var children = change.Target is { } target
            ? model.ReferencesTo(target).Where(reference => !reference.Table.Name.Matches(target)).Select(reference => reference.Table.Name.ToString()).Distinct().ToArray()
            : [];
        return Passes(situation, change with { InTransaction = false }, model)
                ? "Give it suppressTransaction: true, in a migration that holds nothing else"
            : change.Block is not null && Passes(situation, change with { InTransaction = false, Block = null }, model)
                ? "Take it out of the block and run it by itself, outside a transaction; a script of EF's has no block around it without --idempotent"
            : change.IsWrittenSql && situation.Engine.RebuildsTables && Passes(situation, change with { Origin = change.Origin with { OperationName = change.GetType().Name } }, model)
                ? $"Call {change.GetType().Name} on the migration builder instead of writing SQL: the provider then copies the table"
            : change is AlterColumn { Using: null } alter && Passes(situation, alter with { Using = alter.New.Name }, model)
                ? $"Write the statement by hand with USING and the conversion of {alter.New.Name} to {alter.New.Type}"
            : views.Length > 0 && Passes(situation, change, model with { Tables = [.. model.Tables.Where(table => !IsView(table))] })
                // EF moves a copy behind the SQL of its migration.
                ? $"Drop {Say.List(views)} before it and create {(views.Length == 1 ? "it" : "them")} again behind it, in {(situation.IsRebuild ? "migrations of their own" : "the same migration")}"
            : children.Length > 0 && Passes(situation, change, model with { Tables = [.. model.Tables.Select(table => table with { ForeignKeys = [] })] })
                ? $"Drop the foreign keys of {Say.List(children)} to it first"
            : null;
    }

    private static bool Passes(Situation situation, Change change, DatabaseModel model) =>
        situation.Engine.ImpactOf(change, situation.State with { Model = model }) is { Refused: null };

    private static bool IsView(Table table) => table.Kind is TableKind.View or TableKind.MaterializedView;
}
