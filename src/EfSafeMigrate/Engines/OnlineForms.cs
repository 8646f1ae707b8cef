using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>
/// How an engine does a blocking change without blocking: the statements, split into the migrations that must hold them.
/// Null where the engine has no such form; a function answers null where this table or version has none.
/// </summary>
internal sealed record OnlineForms
{
    public static readonly OnlineForms None = new();

    public Func<CreateIndex, ServerState, Cure?>? Index { get; init; }

    /// <summary>A column becomes NOT NULL.</summary>
    public Func<TableName, string, ServerState, Cure?>? NotNull { get; init; }

    public Func<AlterColumn, ServerState, Cure?>? Type { get; init; }

    public Func<AddForeignKey, ServerState, Cure?>? ForeignKey { get; init; }

    public Func<AddCheckConstraint, ServerState, Cure?>? Check { get; init; }

    public Func<AddUniqueConstraint, ServerState, Cure?>? Unique { get; init; }

    public Func<AddPrimaryKey, ServerState, Cure?>? PrimaryKey { get; init; }

    /// <summary>Another primary key takes the place of the old one.</summary>
    public Func<AddPrimaryKey, ServerState, Cure?>? KeySwap { get; init; }

    /// <summary>A column whose default has to be computed for every row.</summary>
    public Func<AddColumn, ServerState, Cure?>? ComputedDefault { get; init; }

    public Func<DropIndex, ServerState, Cure?>? DropIndex { get; init; }

    public Func<Reindex, ServerState, Cure?>? Reindex { get; init; }

    public Func<DetachPartition, ServerState, Cure?>? Detach { get; init; }

    public Func<RefreshView, ServerState, Cure?>? Refresh { get; init; }

    /// <summary>A CHECK on a domain.</summary>
    public Func<AlterDomain, ServerState, Cure?>? Domain { get; init; }
}
