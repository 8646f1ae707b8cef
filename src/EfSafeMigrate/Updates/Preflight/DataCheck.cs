using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Updates.Preflight;

/// <summary>The rows that make a step fail are named before any step runs.</summary>
internal sealed class DataCheck : PreflightCheck
{
    public override string Title => "the data lets every step through";

    public override Task<IReadOnlyList<Objection>> CheckAsync(PreflightContext context, CancellationToken cancellation)
    {
        var situations = context.Plan.Migrations.SelectMany(migration => migration.Judged.Situations).ToArray();
        return Task.FromResult<IReadOnlyList<Objection>>([.. context.Facts.Probes.Select(probe => Of(probe, situations)).OfType<Objection>()]);
    }

    private static Objection? Of(Probe probe, Situation[] situations)
    {
        if (Failure(probe) is not var (what, verb) || situations.FirstOrDefault(situation => IsAbout(situation, probe)) is not { } step)
        {
            return null;
        }
        if (probe is { Kind: ProbeKind.DoNotReturn, Unanswered: null, Found: > 0 })
        {
            return Objection.Warn(
                $"{Say.Columns(probe.Table, probe.Columns)} {verb}: {Probed.Count(probe, what)}{Probed.First(probe)}; when the contract of {step.Migration.Phase!.Plan} is undone, these hold what the expressions make of them.",
                "accept that, or let the expressions tell more values apart");
        }
        var on = probe.Kind == ProbeKind.Violations ? $"{probe.Table} ({probe.Columns[0]})" : Say.Columns(probe.Table, probe.Columns);
        if (probe.Unanswered is { } why)
        {
            return Objection.Warn($"Whether {on} {verb} is not known: {why}.", $"--probe-timeout SECONDS gives the question more time{(probe.Kind == ProbeKind.DoNotReturn ? "" : "; the step fails, and is rolled back, when it does")}");
        }
        if (probe.Found is not > 0)
        {
            return null;
        }
        var found = $"{on} {verb}: {Probed.Count(probe, what)}{Probed.First(probe)}";
        // What an earlier statement of the run writes to the table may be the very correction.
        return Corrected(step, probe)
            ? Objection.Warn($"{found}; {step.Migration.Name} fails unless the statements before it correct them.", "try the run on a copy first")
            : Objection.Refuse($"{found}; {step.Migration.Name} fails on them.", Next(probe));
    }

    private static (string What, string Verb)? Failure(Probe probe) => probe.Kind switch
    {
        ProbeKind.Duplicates => ("duplicates", "holds values twice"),
        ProbeKind.Nulls => ("NULLs", "holds NULL"),
        ProbeKind.Orphans => ("orphans", "refers to rows that are not there"),
        ProbeKind.DoNotFit => ("values", "holds values that do not fit the new type"),
        ProbeKind.DoNotConvert => ("values", "holds values that cannot be converted to the new type"),
        ProbeKind.CannotBeMade => ("rows", "cannot be made of every row"),
        ProbeKind.DoNotReturn => ("rows", "does not come back as it is"),
        ProbeKind.HasNoPlace => ("values", "holds values that have no row in the other table to take them"),
        ProbeKind.StandsForNone => ("values", "holds what stands for no value until contract"),
        ProbeKind.GoesToOne => ("rows", "holds different values for one row of the table it goes to"),
        ProbeKind.Violations => ("violations", "holds rows that violate the new constraint"),
        _ => null,
    };

    private static string Next(Probe probe) => probe.Kind switch
    {
        ProbeKind.Duplicates => "merge or correct the rows, then apply again; dotnet safe-migrate review --connect shows the count",
        ProbeKind.Nulls => "fill the rows in a migration of its own before it, then apply again",
        ProbeKind.Orphans => "delete the rows, or give them a row to refer to, then apply again",
        ProbeKind.HasNoPlace => "give the rows one there, or empty the column in them, then apply again",
        ProbeKind.StandsForNone => $"write other values there, or another value into the plan with dotnet safe-migrate rewrite and --fill \"{probe.Table}.{probe.Columns[0]}=SQL\", then apply again",
        ProbeKind.GoesToOne => "make the values the same in the rows that belong to each of them, then apply again",
        _ => "correct the rows, then apply again",
    };

    private static bool IsAbout(Situation situation, Probe probe) => Probe.IsOfMove(probe.Kind)
        ? situation.Migration.Phase?.Moves?.Any(move => move.Old == probe.Columns[0] && move.OldTable.Matches(probe.Table)) == true
        : situation.Change.Target is { } target && probe.Table.Matches(target) && (probe.Kind, situation.Change) switch
        {
            (ProbeKind.Duplicates, CreateIndex create) => create.Index.Unique && create.Index.Columns.SequenceEqual(probe.Columns),
            (ProbeKind.Duplicates, AddUniqueConstraint add) => add.Key.Columns.SequenceEqual(probe.Columns),
            (ProbeKind.Duplicates, AddPrimaryKey add) => add.Key.Columns.SequenceEqual(probe.Columns),
            (ProbeKind.Nulls, AlterColumn alter) => alter.New.Name == probe.Columns[0] && !alter.New.Nullable,
            (ProbeKind.Nulls, AddNotNullConstraint add) => add.Column == probe.Columns[0],
            (ProbeKind.Nulls, AddPrimaryKey add) => add.Key.Columns.Contains(probe.Columns[0]),
            (ProbeKind.Orphans, AddForeignKey add) => add.ForeignKey.Columns.SequenceEqual(probe.Columns),
            (ProbeKind.Orphans or ProbeKind.Violations, ValidateConstraint) => true,
            (ProbeKind.DoNotFit, AlterColumn alter) => alter.New.Name == probe.Columns[0],
            (ProbeKind.DoNotConvert, AddColumn) => situation.Migration.Phase?.Converts?.Any(conversion => conversion.Column == probe.Columns[0] && conversion.Table.Matches(probe.Table)) == true,
            (ProbeKind.CannotBeMade, AddColumn add) => add.Column.Name == probe.Columns[0],
            (ProbeKind.DoNotReturn, AddColumn or DropColumn) => situation.Migration.Phase?.Regroups?.Any(regrouping => regrouping.Table.Matches(probe.Table) && regrouping.Old.Select(column => column.Name).SequenceEqual(probe.Columns)) == true,
            (ProbeKind.Violations, AddCheckConstraint add) => (add.Check.Name ?? add.Check.Sql) == probe.Columns[0],
            _ => false,
        };

    private static bool Corrected(Situation step, Probe probe) =>
        NullFill.IsEmitted(step) && probe.Kind == ProbeKind.Nulls
        || step.EarlierInSet.Any(change => change is UpdateRows or DeleteRows or UpdateData or DeleteData or OpaqueSql
            && (change.Target is null || change.Target.Matches(probe.Table)))
        || step.Set.Migrations.TakeWhile(migration => migration != step.Migration).Append(step.Migration)
            .Any(migration => migration.Backfills.Values.Any(spec => spec.Table.Matches(probe.Table)));
}
