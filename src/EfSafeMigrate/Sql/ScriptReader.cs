using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>What carries a script out: which of its statements stand in one transaction.</summary>
internal enum ScriptTransaction
{
    /// <summary><c>BEGIN</c> and <c>COMMIT</c> in the text; elsewhere each statement commits by itself.</summary>
    Explicit,

    /// <summary>One around everything, as EF opens it for a migration.</summary>
    Migration,

    /// <summary>Each statement commits by itself.</summary>
    None,
}

/// <param name="IsIdempotent">It looks into EF's history and leaves out what is applied: any of its migrations may be the only one that runs.</param>
internal sealed record SqlScript(ChangeSet Changes, bool IsIdempotent);

/// <summary>Reads a text that is run as it stands; where EF wrote it, migration by migration.</summary>
/// <param name="id">What a text is called that EF did not write; the file where nobody named it.</param>
internal sealed class ScriptReader(string file, SqlDialect dialect, ScriptTransaction transaction, string? id = null)
{
    private readonly List<MigrationChanges> migrations = [];
    private readonly List<Change> changes = [];
    private readonly List<SetSetting> session = [];
    private readonly ScriptHistory history = new();
    private bool isOpen;
    private int ended;

    /// <param name="model">The schema that exists.</param>
    public SqlScript Read(string sql, DatabaseModel model)
    {
        var positions = new TextPositions(sql);
        var read = StatementReader.ReadEach(sql, dialect, model);
        var source = model;
        for (var index = 0; index < read.Count; index++)
        {
            history.Pass(read[index].Statement.Text);
            foreach (var change in read[index].Changes)
            {
                Take(Placed(change, read[index].Statement, index, positions));
            }
            if (read[index].Changes.Any(history.Records))
            {
                End(history.Migration!, source, read[index].Statement.Text);
                source = read[index].After;
            }
        }
        Close(source);
        Fold(read);
        return new(new(migrations), history.IsAsked);
    }

    private void Fold(IReadOnlyList<ReadStatement> read)
    {
        for (var at = 0; dialect.CopiesTables && at < migrations.Count; at++)
        {
            migrations[at] = migrations[at] with { Changes = EfTableCopies.Folded(migrations[at].Changes, migrations[at].Source, index => read[index].Statement.Text) };
        }
    }

    private Change Placed(Change change, Statement statement, int index, TextPositions positions)
    {
        var (line, column) = positions.Of(change.Origin.Offset ?? statement.Offset);
        return change with
        {
            InTransaction = transaction == ScriptTransaction.Migration || (transaction == ScriptTransaction.Explicit && (isOpen || change is TransactionControl)),
            Origin = new("", index, "Sql") { File = file, Line = line, Column = column },
            Waivers = change.Waivers.Count == 0 ? change.Waivers
                : [.. change.Waivers.Select(waiver => waiver with { File = file, Line = positions.Of(waiver.Offset).Line })],
        };
    }

    private void Take(Change change)
    {
        if (change is TransactionControl { Block: null, Verb: var verb })
        {
            var ends = verb is "COMMIT" or "ROLLBACK" or "PREPARE TRANSACTION";
            isOpen = verb is "BEGIN" || (isOpen && !ends);
            for (; ends && ended < migrations.Count; ended++)
            {
                // EF 9 writes one transaction around all its migrations.
                migrations[ended] = migrations[ended] with { IsEndedLater = true };
            }
        }
        if (change is TransactionControl { Block: null, Verb: "COMMIT" } && changes.Count == 0 && migrations is [.., { History: not null } recorded])
        {
            // EF records a migration before it commits it.
            migrations[^1] = recorded with { Changes = [.. recorded.Changes, change with { Origin = change.Origin with { Migration = recorded.Id } }] };
            return;
        }
        changes.Add(change);
    }

    private void End(string id, DatabaseModel source, string? record)
    {
        // EF keeps its own table and its own record; a script makes the table before it says which it is.
        changes.RemoveAll(change => change is CreateTable or InsertRows or DeleteRows && history.Is(change.Target!));
        // A rename in a script of EF's is EF's guess, as it is in the migration.
        migrations.Add(new(id, source, [.. changes.Select(change => change with
        {
            Origin = change.Origin with { Migration = id, OperationName = record is not null && change is RenameColumn ? nameof(RenameColumn) : change.Origin.OperationName },
        })]) { IsScript = true, History = record, Session = [.. session] });
        session.AddRange(changes.OfType<SetSetting>().Where(set => !set.Local));
        changes.Clear();
    }

    /// <summary>What follows the last migration: often nothing.</summary>
    private void Close(DatabaseModel source)
    {
        if (migrations.Count > 0 && changes.TrueForAll(change => change is TransactionControl && change.Waivers.Count == 0))
        {
            return;
        }
        End(id ?? file, source, null);
    }
}
