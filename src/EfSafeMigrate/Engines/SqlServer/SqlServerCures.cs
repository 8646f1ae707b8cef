using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>The forms that let traffic through: ONLINE = ON where the edition has it, WITH NOCHECK where a rule need not be trusted at once.</summary>
internal static class SqlServerCures
{
    private const string WithOnline = "WITH (ONLINE = ON)";

    public static readonly OnlineForms Forms = new()
    {
        Index = Index,
        Unique = (add, state) => Key(add.Table, add.Key, "UNIQUE", state),
        PrimaryKey = (add, state) => Key(add.Table, add.Key, "PRIMARY KEY", state),
        ForeignKey = (add, _) => Reference(add),
        Check = (add, _) => Check(add),
    };

    private static Cure? Index(CreateIndex create, ServerState state)
    {
        if (state.IsFull() == false || create.Index.Method is not (null or "CLUSTERED"))
        {
            return null;
        }
        var unique = create.Index.Unique ? "UNIQUE " : "";
        var clustered = create.Index.Method is null ? "" : "CLUSTERED ";
        return new(
            $"Build {create.Index.Name} online{Where(state)}: IsCreatedOnline() on the index, or by SQL",
            [new([$"CREATE {unique}{clustered}INDEX {Quote(create.Index.Name)} ON {Table(create.Table)} {create.Index.Definition ?? Definition(create.Index)} {WithOnline};"])]);
    }

    private static Cure? Key(TableName table, Key key, string kind, ServerState state)
    {
        if (state.IsFull() == false)
        {
            return null;
        }
        var name = key.Name is { } given ? $"CONSTRAINT {Quote(given)} " : "";
        var clustered = key.Clustered switch { true => " CLUSTERED", false => " NONCLUSTERED", null => "" };
        return new(
            $"Build {key.Name ?? "the key"} online{Where(state)}",
            [new([$"ALTER TABLE {Table(table)} ADD {name}{kind}{clustered} ({Columns(key.Columns)}) {WithOnline};"])]);
    }

    private static Cure Reference(AddForeignKey add)
    {
        var key = add.ForeignKey;
        var action = key.OnDelete is null or "NO ACTION" ? "" : $" ON DELETE {key.OnDelete}";
        var name = key.Name is { } given ? $"CONSTRAINT {Quote(given)} " : "";
        return new(
            $"Look for orphans, and add it WITH NOCHECK, which reads no old row; WITH CHECK CHECK CONSTRAINT makes it trusted when nobody uses {add.Table} and {key.Principal}",
            [new([$"ALTER TABLE {Table(add.Table)} WITH NOCHECK ADD {name}FOREIGN KEY ({Columns(key.Columns)}) REFERENCES {Table(key.Principal)} ({Columns(key.PrincipalColumns)}){action};"])]);
    }

    private static Cure Check(AddCheckConstraint add)
    {
        var name = add.Check.Name is { } given ? $"CONSTRAINT {Quote(given)} " : "";
        return new(
            $"Add it WITH NOCHECK, which reads no old row, and correct the rows that break it; WITH CHECK CHECK CONSTRAINT makes it trusted when nobody uses {add.Table}",
            [new([$"ALTER TABLE {Table(add.Table)} WITH NOCHECK ADD {name}CHECK ({add.Check.Sql});"])]);
    }

    private static string Where(ServerState state) => state.IsFull() is null ? $", which takes {SqlServerEdition.Full}" : "";

    private static string Definition(Index index)
    {
        var include = index.Include.Count > 0 ? $" INCLUDE ({Columns(index.Include)})" : "";
        return $"({Columns(index.Columns)}){include}{(index.Filter is { } where ? $" WHERE {where}" : "")}";
    }

    private static string Columns(IReadOnlyList<string> columns) => string.Join(", ", columns.Select(Quote));

    private static string Quote(string name) => SqlServerEngine.Value.Quote(name);

    private static string Table(TableName table) => SqlServerEngine.Value.QuoteTable(table);
}
