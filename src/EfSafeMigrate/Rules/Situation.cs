using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

/// <summary>One change at the moment it will run, with everything known about it.</summary>
/// <param name="Change">The change.</param>
/// <param name="Impact">What the engine does with it.</param>
/// <param name="Migration">The migration it belongs to.</param>
/// <param name="Position">Zero-based position of the change in <see cref="MigrationChanges.Changes"/>.</param>
/// <param name="State">Version and schema right before the change.</param>
internal sealed record Situation(
    Change Change, Impact Impact, MigrationChanges Migration, int Position, ServerState State, Engine Engine, FactSheet Facts)
{
    /// <summary>Tables created by this change set before this change: nobody uses them yet.</summary>
    public required IReadOnlySet<TableName> NewTables { get; init; }

    /// <summary>The situations of the same migration that come before this one, oldest first.</summary>
    public required Slice<Situation> Earlier { get; init; }

    /// <summary>The whole change set, for rules that look beyond one migration.</summary>
    public required ChangeSet Set { get; init; }

    /// <summary>Columns added by this change set before this change.</summary>
    public IReadOnlySet<(TableName Table, string Column)> NewColumns { get; init; } = new HashSet<(TableName, string)>();

    /// <summary>How names are to be written.</summary>
    public NamingAgreement Naming { get; init; } = NamingAgreement.None;

    public DatabaseModel Before => State.Model;

    public bool IsOnNewTable => Change.Target is { } table && IsNew(table);

    /// <summary>True when the provider copies the table, whatever the change is; a statement that rewrites is one transaction, a copy is not.</summary>
    public bool IsRebuild => Engine.RebuildsTables && Impact is { Transactional: false } && Impact.Work.HasFlag(Work.Rewrite);

    public TableFacts Table => Facts.Of(Change.Target);

    public Estimate Estimate => Estimate.Of(Impact, Table, Engine.Rates);

    public bool IsNew(TableName table) => NewTables.Contains(table) || NewTables.Any(created => created.Matches(table));

    public bool IsNew(TableName table, string column) =>
        NewColumns.Any(added => added.Column == column && added.Table.Matches(table));

    /// <summary>The earlier situations whose locks this change's transaction still holds, oldest first.</summary>
    public IEnumerable<Situation> SameTransaction =>
        Change.InTransaction ? Earlier.Behind(earlier => earlier.EndsTransaction)
        : Change.Block is not null ? Earlier.Behind(earlier => !IsInSameBlock(earlier))
        : [];

    /// <summary>Every change of the set that runs before this one, oldest first.</summary>
    public IEnumerable<Change> EarlierInSet =>
        Set.Migrations.TakeWhile(migration => migration != Migration).SelectMany(migration => migration.Changes)
            .Concat(Earlier.Select(earlier => earlier.Change));

    /// <summary>Every change of the set that runs behind this one, oldest first.</summary>
    public IEnumerable<Change> LaterInSet =>
        Migration.Changes.Skip(Position + 1)
            .Concat(Set.Migrations.SkipWhile(migration => migration != Migration).Skip(1).SelectMany(migration => migration.Changes));

    /// <summary>True when the change's locks keep somebody waiting.</summary>
    public bool StopsTraffic => Impact.Blocks != Blocks.Nothing && !Facts.NoTraffic;

    private bool IsInSameBlock(Situation earlier) =>
        earlier.Change.Block == Change.Block && earlier.Change.Origin.Operation == Change.Origin.Operation && earlier.Change is not TransactionControl { Verb: not "SAVEPOINT" };

    private bool EndsTransaction => !Change.InTransaction || !Impact.Transactional || Change is TransactionControl { Verb: not "SAVEPOINT" };

    /// <summary>The probe that was asked about these columns, or null.</summary>
    public Probe? Probe(ProbeKind kind, params IReadOnlyList<string> columns) =>
        Facts.Probes.FirstOrDefault(probe =>
            probe.Kind == kind && Change.Target is { } target && probe.Table.Matches(target) && probe.Columns.SequenceEqual(columns));
}
