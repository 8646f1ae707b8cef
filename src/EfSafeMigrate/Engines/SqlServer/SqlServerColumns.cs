using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.SqlServer.SqlServerLocks;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>Columns that are added, altered or dropped. Every ALTER TABLE keeps everybody out; what differs is for how long.</summary>
internal static partial class SqlServerColumns
{
    public static Impact? ImpactOf(Change change, ServerState state) => change switch
    {
        AddColumn add => Added(add, state),
        DropColumn drop => Taking(Work.Metadata, Alone(drop.Table)),
        AlterColumn alter => Altered(alter, state),
        RenameColumn rename => Taking(Work.Metadata, Alone(rename.Table)),
        _ => null,
    };

    private static Impact Added(AddColumn add, ServerState state)
    {
        var column = add.Column;
        var inline = Inline(add);
        if (column is { Nullable: false, Default: null, ComputedSql: null, Identity: false })
        {
            return inline with { FailsIf = inline.FailsIf | FailsIf.RowsExist };
        }
        if (column.ComputedSql is not null || column.Identity || column.Default is null || (column.Nullable && !add.FillsRows))
        {
            var writes = column.Identity || column is { ComputedSql: not null, Stored: true };
            return writes ? inline with { Work = inline.Work | Work.Rewrite } : inline;
        }
        // The same value for all rows is kept beside the table and put into a row when the row is next written.
        var once = IsSameForAll(column.Default) && !SqlServerType.Parse(column.Type).IsLarge;
        if (once && state.IsFull() == true)
        {
            return inline;
        }
        return inline with
        {
            Work = inline.Work | Work.Rewrite,
            NeedsEdition = once ? $"A default for the existing rows of {add.Table} without writing each of them" : null,
        };
    }

    /// <summary>Constraints that stand behind the column: a reference is looked up for every row, under a lock on both tables.</summary>
    private static Impact Inline(AddColumn add)
    {
        var locks = new List<TableLock> { Alone(add.Table) };
        var (work, fails) = (Work.Metadata, FailsIf.Nothing);
        foreach (var constraint in add.Inline)
        {
            (work, fails) = constraint switch
            {
                AddPrimaryKey or AddUniqueConstraint or CreateIndex { Index.Unique: true } => (work | Work.IndexBuild, fails | FailsIf.DuplicatesExist),
                CreateIndex => (work | Work.IndexBuild, fails),
                AddCheckConstraint => (work | Work.Scan, fails | FailsIf.ViolationsExist),
                AddForeignKey => (work | Work.Scan, fails | FailsIf.OrphansExist),
                _ => (work, fails),
            };
            if (constraint is AddForeignKey { ForeignKey.Principal: var principal } && !principal.Matches(add.Table))
            {
                locks.Add(Alone(principal));
            }
        }
        return Taking(work, locks) with { FailsIf = fails };
    }

    private static Impact Altered(AlterColumn alter, ServerState state)
    {
        var offline = Taking(Work.Metadata, Alone(alter.Table));
        if (alter.Clause is "SET DEFAULT" or "DROP DEFAULT")
        {
            return offline;
        }
        if (alter.Old is not { } old)
        {
            var fails = alter.New.Nullable ? FailsIf.Nothing : FailsIf.NullsExist;
            return (offline with { Work = Work.Scan | Work.Rewrite, FailsIf = fails }).OrOnline(alter, state);
        }
        var (work, unfit) = Retyped(alter, old);
        if (alter.BecomesRequired)
        {
            (work, unfit) = (work | Work.Scan, unfit | FailsIf.NullsExist);
        }
        return (offline with { Work = work, FailsIf = unfit }).OrOnline(alter, state);
    }

    private static (Work Work, FailsIf FailsIf) Retyped(AlterColumn alter, Column old)
    {
        var (from, to) = (SqlServerType.Parse(old.Type), SqlServerType.Parse(alter.New.Type));
        if (old.ComputedSql is not null || alter.New.ComputedSql is not null)
        {
            return (old.ComputedSql != alter.New.ComputedSql && alter.New.Stored ? Work.Rewrite : Work.Metadata, FailsIf.Nothing);
        }
        var recoded = to.IsText && to.Name[0] != 'n' && alter.ChangesCollation ? Work.Rewrite : Work.Metadata;
        return to.Same(from) || to.Extends(from) ? (recoded, FailsIf.Nothing)
            : to.Shortens(from) ? (recoded | Work.Scan, FailsIf.ValuesDoNotFit)
            : (Work.Rewrite, to.Holds(from) ? FailsIf.Nothing : FailsIf.ValuesDoNotFit);
    }

    public static bool IsSameForAll(Default given) => given.Constant || !Anew().IsMatch(given.Sql);

    /// <summary>What gives each row a value of its own: the server's generators, sequences, and functions somebody wrote.</summary>
    [GeneratedRegex(@"\b(?:NEWID|NEWSEQUENTIALID|CRYPT_GEN_RANDOM|RAND)\s*\(|\bNEXT\s+VALUE\s+FOR\b|[\w\]]\s*\.\s*[\w\[\]]+\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex Anew();
}
