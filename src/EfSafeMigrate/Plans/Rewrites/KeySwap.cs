using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>The contract of a wider key: all its tables in one transaction, because a foreign key cannot do without either side.</summary>
internal sealed class KeySwap(WidenedKeys keys, PlanContext context)
{
    private readonly Engines.SwapForms forms = context.Forms.Swap!;

    public Piece Piece() => new(Slot.Contract, $"puts the wider columns in the places of {string.Join(", ", keys.Columns)}")
    {
        Table = keys.Columns[0].Table,
        Gate = new(null, [.. keys.Columns.Select(column => keys.Fill(column, context))]),
        Lifts = [.. keys.Columns.Select(column => new KeepDefinition(column.Table, column.Name))],
        Note = $"The contract can be undone as long as every value fits {keys.Columns[0].Old.Type}; undoing it writes every row of {string.Join(", ", keys.Columns.Select(column => column.Table).Distinct())} while they are locked.",
        Up = new() { Locks = keys.Locks, First = [.. Forth()], Disposals = [.. keys.Columns.Select(Replaced)] },
        Down = new() { Locks = keys.Locks, First = [.. Back()], Disposals = [.. keys.Columns.Select(Replaced)] },
    };

    private IEnumerable<Step> Forth() =>
    [
        keys.RefuseDependents(context),
        .. keys.Tables.Where(table => table.Columns.Count > 0).SelectMany(table => table.Trigger(context).Drop),
        .. Constraints(),
        .. keys.Columns.Select(column => forms.TakeOver(column.Table, column.Name, column.Shadow)).Select(sql => Step(sql, "The next value is the one that would have been next")),
        .. Steps(keys.Columns.Select(column => forms.DropColumn(column.Table, column.Name))),
        .. Steps(keys.Columns.Select(column => forms.RenameColumn(column.Table, column.Shadow, column.Name))),
        .. Steps(keys.Tables.SelectMany(table => table.Required.SelectMany(column => NotNull.Settled(table.Name, column.Name, column.Shadow, context)))),
        .. keys.Tables.SelectMany(table => table.Keys.Select(key => Step(forms.AdoptIndex(table.Name, key, key == table.PrimaryKey, table.Shadowed(key, context).Name!), "Adopts the index that is built already"))),
        .. Steps(keys.Tables.SelectMany(table => table.Indexes.Select(index => context.Forms.RenameIndex(table.Name, table.Shadowed(index, context).Name, index.Name)))),
        .. Steps(keys.Tables.SelectMany(table => table.ForeignKeys.Select(key => context.Forms.RenameConstraint!(table.Name, table.Shadowed(key, context).Name!, key.Name!)))),
    ];

    /// <summary>As it was before the contract: both columns, and everything on both.</summary>
    private IEnumerable<Step> Back() =>
    [
        keys.RefuseDependents(context),
        .. Steps(keys.Columns.Select(column => forms.RefuseUnfit(column.Table, column.Name, column.Old.Type))),
        .. Constraints(),
        .. Steps(keys.Tables.SelectMany(table => table.Indexes.Select(index => context.Forms.RenameIndex(table.Name, index.Name, table.Shadowed(index, context).Name)))),
        .. Steps(keys.Columns.Select(column => forms.RenameColumn(column.Table, column.Name, column.Shadow))),
        .. Steps(keys.Tables.SelectMany(table => table.Required.SelectMany(column => NotNull.Settled(table.Name, column.Name, column.Shadow, context, undone: true)))),
        .. Steps(keys.Columns.SelectMany(Returned)),
        .. Steps(keys.Columns.Select(column => forms.TakeOver(column.Table, column.Shadow, column.Name))),
        .. Steps(keys.Tables.SelectMany(table => table.Keys.SelectMany(key => new[] { forms.AddKey(table.Name, key, key == table.PrimaryKey), context.Forms.UniqueIndex(table.Name, table.Shadowed(key, context)) }))),
        .. Steps(keys.Tables.SelectMany(table => table.Indexes.Select(index => forms.CreateIndex(table.Name, index)))),
        .. Steps(keys.Tables.SelectMany(table => table.ForeignKeys.SelectMany(key => new[] { forms.AddForeignKey(table.Name, key), forms.AddForeignKey(table.Name, table.Shadowed(key, context)) }))),
        .. keys.Tables.Where(table => table.Columns.Count > 0).SelectMany(table => table.Trigger(context).Create),
    ];

    /// <summary>Foreign keys first: they rest on the keys.</summary>
    private IEnumerable<Step> Constraints() => Steps(
    [
        .. keys.Tables.SelectMany(table => table.ForeignKeys.Select(key => context.Forms.DropConstraint(table.Name, key.Name!))),
        .. keys.Tables.SelectMany(table => table.Keys.Select(key => context.Forms.DropConstraint(table.Name, key.Name!))),
    ]);

    private IEnumerable<string> Returned(WidenedColumn column) =>
    [
        context.Forms.AddColumn(column.Table, new(column.Name, column.Old.Type, Nullable: true)),
        forms.FillFrom(column.Table, column.Name, column.Shadow),
        .. column.Old.Nullable ? [] : context.Forms.NotNull(column.Table, column.Old, context.Named("safe_migrate_required", column.Table.Name, column.Name), new(12)).Require.Take(1),
    ];

    private static Disposal Replaced(WidenedColumn column) => Disposals.Replaced<AlterColumn>(column.Is, "its shadow takes its place");

    private static IEnumerable<Step> Steps(IEnumerable<string> statements) => statements.Select(statement => Step(statement, null));

    private static Sql Step(string sql, string? comment) => new(sql, Suppressed: false, comment);
}
