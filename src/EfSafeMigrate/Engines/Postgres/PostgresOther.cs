using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.Postgres.PostgresImpact;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Sequences, types, views, triggers, rights: what is neither a table's shape nor its rows.</summary>
internal static class PostgresOther
{
    /// <summary>Statements that name a table, by the words that open them; those not listed lock no table.</summary>
    private static readonly (string Verb, LockMode? Mode)[] Statements =
    [
        ("COMMENT ON CONSTRAINT", LockMode.AccessShare),
        ("COMMENT ON INDEX", null),
        ("COMMENT", LockMode.ShareUpdateExclusive),
        ("CREATE POLICY", LockMode.AccessExclusive),
        ("DROP POLICY", LockMode.AccessExclusive),
        ("ALTER POLICY", LockMode.AccessExclusive),
        ("CREATE RULE", LockMode.AccessExclusive),
        ("DROP RULE", LockMode.AccessExclusive),
        ("CREATE STATISTICS", LockMode.ShareUpdateExclusive),
        ("DROP STATISTICS", LockMode.ShareUpdateExclusive),
        ("CREATE PUBLICATION", LockMode.ShareUpdateExclusive),
        ("ALTER PUBLICATION", LockMode.ShareUpdateExclusive),
    ];

    private static readonly string[] Reads = ["VALIDATE", "SET NOT NULL"];

    /// <summary>Statements that touch files or the whole cluster, which no transaction can take back.</summary>
    private static readonly string[] Alone = ["CREATE DATABASE", "ALTER SYSTEM", "CREATE TABLESPACE", "DROP TABLESPACE"];

    public static Impact? ImpactOf(Change change, ServerState state) => change switch
    {
        CreateSequence or CreateSchema or CreateEnum or CreateDomain or RenameEnumValue or CreateFunction or AlterDatabase or SetSetting or TransactionControl => Free,
        // The value is unusable until the transaction ends; adding it is transactional from version 12 on.
        AddEnumValue => Free with { Transactional = state.Version.IsAtLeast(12) },
        RenameSchema => Free,
        DropSchema drop => DropSchema(drop, state),
        DropDatabase => Free with { Transactional = false },
        AlterSequence alter => Sequence(
            alter.Schema, alter.Name, alter.What.Contains("SCHEMA", StringComparison.OrdinalIgnoreCase) ? LockMode.AccessExclusive : LockMode.ShareRowExclusive, state),
        RestartSequence restart => Sequence(restart.Schema, restart.Name, LockMode.ShareRowExclusive, state),
        DropSequence drop => Sequence(drop.Schema, drop.Name, LockMode.AccessExclusive, state),
        RenameSequence rename => Sequence(rename.Schema, rename.Name, LockMode.AccessExclusive, state),
        CreateView create => View(create, state),
        DropView drop => Taking(LockMode.AccessExclusive, drop.View),
        RefreshView refresh => Refresh(refresh, state),
        AlterDomain alter => Domain(alter, state),
        CreateTrigger trigger => Taking(LockMode.ShareRowExclusive, trigger.Table),
        ToggleTrigger trigger => Taking(LockMode.ShareRowExclusive, trigger.Table),
        DropTrigger trigger => Taking(LockMode.AccessExclusive, trigger.Table),
        RenameTrigger trigger => Taking(LockMode.AccessExclusive, trigger.Table),
        OtherStatement other => Other(other, state),
        _ => null,
    };

    private static Impact DropSchema(DropSchema drop, ServerState state)
    {
        var held = state.Model.Tables.Where(table => table.Name.Schema == drop.Name).Select(table => table.Name).ToArray();
        return drop.Cascade
            ? Taking(held.Under(LockMode.AccessExclusive))
            : Free.Refuse(held.Length == 0 ? null : $"Schema `{drop.Name}` still holds `{held[0]}`: the drop needs CASCADE.");
    }

    /// <summary>Inserts that draw from the sequence wait; <c>setval</c> would not make them.</summary>
    private static Impact Sequence(string? schema, string name, LockMode mode, ServerState state) =>
        state.Model.OwnerOfSequence(name) is { } owner
            ? Taking([mode.OnPartOf(owner.Name, $"sequence {name}") with { Blocks = Blocks.Writes }])
            : Taking(mode, new TableName(schema, name));

    /// <summary>A CHECK on a domain is tested on every row of every column of the domain.</summary>
    private static Impact Domain(AlterDomain alter, ServerState state)
    {
        if (alter.Check is not { Validated: true } && !Reads.Any(what => alter.What.StartsWith(what, StringComparison.OrdinalIgnoreCase)))
        {
            return Free;
        }
        var tables = state.Model.Tables
            .Where(table => table.Columns.Any(column => PostgresTypeName.Parse(column.Type).Name == alter.Name))
            .Select(table => table.Name)
            .ToArray();
        return Taking(tables.Under(LockMode.Share), tables.Length > 0 ? Work.Scan : Work.Metadata) with { FailsIf = FailsIf.ViolationsExist };
    }

    private static Impact View(CreateView create, ServerState state) =>
        Taking(state.Model.ReadBy(create.Sql).Where(table => !state.Model.Same(table, create.View)).Under(LockMode.AccessShare),
            create.Materialized ? Work.Scan : Work.Metadata)
            .With(create.OrReplace && state.Model.Find(create.View) is { } replaced ? [LockMode.AccessExclusive.On(replaced.Name)] : []);

    private static Impact Refresh(RefreshView refresh, ServerState state)
    {
        var view = state.Model.Find(refresh.View);
        var sources = state.Model.ReadBy(view?.Sql ?? "").Where(table => !state.Model.Same(table, refresh.View));
        // Unlike the other CONCURRENTLY forms this one runs inside a transaction; measured.
        var impact = refresh.Concurrently
            ? Taking(LockMode.Exclusive, refresh.View, Work.Scan | Work.RowChanges)
            : Taking(LockMode.AccessExclusive, refresh.View, PostgresColumns.RewriteOf(view)) with { OnlineForm = "REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view" };
        return impact.With(sources.Under(LockMode.AccessShare));
    }

    private static Impact Other(OtherStatement other, ServerState state)
    {
        if (other is { Verb: "CLUSTER", On: null })
        {
            return PostgresTables.Rewritten(null, state) with { Transactional = false };
        }
        if (other.On is null)
        {
            return Free with { Transactional = !Alone.Contains(other.Verb) };
        }
        if (other.Verb.StartsWith("GRANT", StringComparison.OrdinalIgnoreCase) || other.Verb.StartsWith("REVOKE", StringComparison.OrdinalIgnoreCase))
        {
            return state.Version.IsAtLeast(18) ? Taking(LockMode.AccessShare, other.On) : Free;
        }
        var known = Statements.FirstOrDefault(statement => other.Verb.StartsWith(statement.Verb, StringComparison.OrdinalIgnoreCase));
        return known.Mode is { } mode ? Taking(mode, other.On) : Free;
    }
}
