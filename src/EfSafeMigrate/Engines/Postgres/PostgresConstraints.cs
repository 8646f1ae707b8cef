using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.Postgres.PostgresImpact;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Foreign keys, checks and what is done to a constraint by its name.</summary>
internal static class PostgresConstraints
{
    private const string TwoSteps = "the constraint NOT VALID, then VALIDATE CONSTRAINT in another transaction";

    public static Impact? ImpactOf(Change change, ServerState state) => change switch
    {
        AddForeignKey add => AddForeign(add, state),
        DropForeignKey drop => DropForeign(drop.Table, drop.Name, state),
        AddCheckConstraint add => AddCheck(add, state),
        AddNotNullConstraint add => AddNotNull(add, state),
        AddExclusionConstraint add => TakingTree(LockMode.AccessExclusive, add.Table, state, Work.IndexBuild) with
        {
            FailsIf = FailsIf.ViolationsExist,
            Refused = add.Validated ? null : "An exclusion constraint cannot be NOT VALID.",
        },
        DropCheckConstraint drop => TakingTree(LockMode.AccessExclusive, drop.Table, state),
        DropConstraint drop => DropByName(drop, state),
        RenameConstraint rename => TakingTree(LockMode.AccessExclusive, rename.Table, state),
        ValidateConstraint validate => Validate(validate, state),
        AlterConstraint alter => Alter(alter, state),
        _ => null,
    };

    private static Impact AddForeign(AddForeignKey add, ServerState state)
    {
        var model = state.Model;
        var validates = add.ForeignKey.Validated && !add.NotEnforced;
        var refused = add.NotEnforced && !state.Version.IsAtLeast(18) ? $"PostgreSQL {state.Version} has no NOT ENFORCED constraints."
            : !add.ForeignKey.Validated && model.IsPartitioned(add.Table) && !state.Version.IsAtLeast(18)
                ? $"`{add.Table}` is partitioned: PostgreSQL {state.Version} refuses a NOT VALID foreign key on it."
            : null;
        return TakingTree(LockMode.ShareRowExclusive, add.Table, state, validates ? Work.Scan : Work.Metadata)
            .With(LockMode.ShareRowExclusive.OnTree(add.ForeignKey.Principal, model)) with
        {
            FailsIf = validates ? FailsIf.OrphansExist : FailsIf.Nothing,
            OnlineForm = validates && (state.Version.IsAtLeast(18) || !model.IsPartitioned(add.Table)) ? TwoSteps : null,
            Refused = refused,
        };
    }

    private static Impact DropForeign(TableName table, string name, ServerState state)
    {
        var principal = state.Model.Find(table)?.ForeignKeys.FirstOrDefault(key => key.Name == name)?.Principal;
        return TakingTree(LockMode.AccessExclusive, table, state)
            .With(principal is null ? [] : LockMode.AccessExclusive.OnTree(principal, state.Model));
    }

    private static Impact AddCheck(AddCheckConstraint add, ServerState state)
    {
        var validates = add.Check.Validated && !add.NotEnforced;
        return TakingTree(LockMode.AccessExclusive, add.Table, state, validates ? Work.Scan : Work.Metadata) with
        {
            FailsIf = validates ? FailsIf.ViolationsExist : FailsIf.Nothing,
            OnlineForm = validates ? TwoSteps : null,
            Refused = add.NotEnforced && !state.Version.IsAtLeast(18) ? $"PostgreSQL {state.Version} has no NOT ENFORCED constraints." : null,
        };
    }

    private static Impact AddNotNull(AddNotNullConstraint add, ServerState state)
    {
        var table = state.Model.Find(add.Table);
        var scans = add.Validated && table?.Column(add.Column)?.Nullable != false && table?.ProvesNotNull(add.Column) != true;
        return TakingTree(LockMode.AccessExclusive, add.Table, state, scans ? Work.Scan : Work.Metadata) with
        {
            FailsIf = scans ? FailsIf.NullsExist : FailsIf.Nothing,
            OnlineForm = scans ? TwoSteps : null,
            Refused = state.Version.IsAtLeast(18) ? null : $"PostgreSQL {state.Version} has no named NOT NULL constraints: use SET NOT NULL.",
        };
    }

    private static Impact DropByName(DropConstraint drop, ServerState state)
    {
        var table = state.Model.Find(drop.Table);
        return table?.PrimaryKey?.Name == drop.Name
                ? PostgresKeys.ImpactOf(new DropPrimaryKey(drop.Table, drop.Name) { Cascade = drop.Cascade }, state)!
            : table?.UniqueConstraints.Any(key => key.Name == drop.Name) == true
                ? PostgresKeys.ImpactOf(new DropUniqueConstraint(drop.Table, drop.Name) { Cascade = drop.Cascade }, state)!
            : DropForeign(drop.Table, drop.Name, state);
    }

    private static Impact Validate(ValidateConstraint validate, ServerState state)
    {
        var table = state.Model.Find(validate.Table);
        var foreign = table?.ForeignKeys.FirstOrDefault(key => key.Name == validate.Name);
        var check = table?.Checks.FirstOrDefault(found => found.Name == validate.Name);
        var done = foreign?.Validated ?? check?.Validated ?? false;
        return TakingTree(LockMode.ShareUpdateExclusive, validate.Table, state, done ? Work.Metadata : Work.Scan)
            .With(foreign is null ? [] : LockMode.RowShare.OnTree(foreign.Principal, state.Model)) with
        {
            FailsIf = done ? FailsIf.Nothing : foreign is not null ? FailsIf.OrphansExist : FailsIf.ViolationsExist,
        };
    }

    private static Impact Alter(AlterConstraint alter, ServerState state)
    {
        var impact = TakingTree(LockMode.AccessExclusive, alter.Table, state);
        if (!alter.What.Contains("ENFORCED", StringComparison.OrdinalIgnoreCase))
        {
            return impact;
        }
        var foreign = state.Model.Find(alter.Table)?.ForeignKeys.FirstOrDefault(key => key.Name == alter.Name);
        var off = alter.What.Contains("NOT ENFORCED", StringComparison.OrdinalIgnoreCase);
        var onPrincipal = off ? LockMode.AccessExclusive : LockMode.ShareRowExclusive;
        return impact.With(foreign is null ? [] : onPrincipal.OnTree(foreign.Principal, state.Model)) with
        {
            Work = off ? Work.Metadata : Work.Scan,
            FailsIf = off ? FailsIf.Nothing : FailsIf.OrphansExist,
            Refused = state.Version.IsAtLeast(18) ? null : $"PostgreSQL {state.Version} cannot change whether a constraint is enforced.",
        };
    }
}
