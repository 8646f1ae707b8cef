using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using Humanizer;

namespace EfSafeMigrate.Rules;

/// <summary>A change that works through a table, as the subject of a sentence, and what to do instead.</summary>
internal static class LastingWork
{
    public static string Of(Situation situation)
    {
        var sized = situation.Change.Target is { } table ? Say.Sized(table, situation.Table) : "every table";
        return situation.Change switch
        {
            UpdateRows { Where: null } => $"UPDATE of every row of {sized}",
            UpdateRows update => $"UPDATE of {sized} where {Line(update.Where!)}",
            DeleteRows { Where: { } where } => $"DELETE from {sized} where {Line(where)}",
            AddCheckConstraint add => $"Adding the CHECK constraint {add.Check.Name ?? Line(add.Check.Sql)} to {sized}",
            AddExclusionConstraint add => $"Adding the EXCLUDE constraint{(add.Name is null ? "" : $" {add.Name}")} to {sized}",
            Reindex { Index: { } index } => $"REINDEX of {index} on {sized}",
            Reindex => $"REINDEX of {sized}",
            Vacuum { Full: true } => $"VACUUM FULL of {sized}",
            OtherStatement { Verb: "CLUSTER" } => $"CLUSTER of {sized}",
            InsertRows => $"INSERT … SELECT into {situation.Change.Target}",
            DeleteRows => $"DELETE of every row of {sized}",
            AddForeignKey add => $"Adding {add.ForeignKey.Name ?? "the foreign key"} to {sized}",
            RefreshView refresh => $"REFRESH of the materialized view {refresh.View}",
            LockTable locked => $"LOCK TABLE {sized} in {locked.Mode} mode",
            SetTableOption { Option: "CLUSTER" } => $"CLUSTER of {sized}",
            SetTableOption set => $"{set.Option.ToUpperInvariant()}{(set.Value is null ? "" : $" {set.Value}")} on {sized}",
            AddColumn { Column: { ComputedSql: not null } column } => $"Adding the generated column {column.Name} to {sized}",
            AddColumn { Column: { Identity: true } column } => $"Adding the numbered column {column.Name} to {sized}",
            AddColumn add => $"Adding {add.Column.Name} to {sized}",
            AlterColumn alter => $"Changing {alter.New.Name} of {sized}",
            AlterDomain alter => $"ALTER DOMAIN {alter.Name}",
            CreateTable { PartitionOf: { } parent } create => $"Creating the partition {create.Table} of {parent}",
            var other => $"{other.GetType().Name.Humanize(LetterCasing.Sentence)} on {sized}",
        };
    }

    public static Cure Cure(Situation situation) => Changes.Cure.Text(situation.Change switch
    {
        AddColumn { Column: { ComputedSql: not null } column } =>
            $"Add {column.Name} as an ordinary nullable column, have the release write it, and fill the old rows in batches",
        AddColumn { Column: { Identity: true } column } =>
            $"Add {column.Name} nullable, fill it in batches from a sequence that is also its default, then make it required",
        { } change when situation.Impact.OnlineForm is { } form && change is not AddColumn => $"Use {form}",
        { Target: { } table } => $"Apply it when nobody uses {table}, and review it with {FactSheet.NoTrafficFlag}: no form of it lets them through",
        _ => $"Apply it when nobody uses the tables, and review it with {FactSheet.NoTrafficFlag}: no form of it lets them through",
    });

    private static string Line(string sql) => string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
