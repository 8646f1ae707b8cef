using System.Globalization;
using Npgsql;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>A table or view as it was before a case.</summary>
/// <param name="First">The first row, as text by column.</param>
internal sealed record Relation(long Oid, string Name, char Kind, bool HasKey, IReadOnlyList<RelationColumn> Columns, IReadOnlyList<string?> First)
{
    public bool IsTable => Kind == 'r';

    public bool IsEmpty => IsTable && First.Count == 0;

    public string Quoted => $"\"{Name}\"";

    public static IReadOnlyList<Relation> All(NpgsqlConnection connection) =>
    [
        .. connection.Rows("""
            SELECT c.oid::bigint, c.relname, c.relkind::text, EXISTS (SELECT FROM pg_constraint WHERE conrelid = c.oid AND contype = 'p')
            FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY c.oid
            """).Select(row => Read(connection, row)),
    ];

    /// <summary>Rows whose number, text or date tells them apart; a reference finds its row.</summary>
    public void Fill(NpgsqlConnection connection, int rows)
    {
        var given = Columns.Where(column => !column.Assigned).ToArray();
        var values = given.Select(column => column.Type switch
        {
            "integer" or "bigint" or "smallint" or "numeric" => "g",
            "uuid" => "md5(g::text)::uuid",
            "date" => "current_date",
            _ => $"('{column.Name}' || g)::{column.Type}",
        });
        connection.Run($"INSERT INTO {Quoted} ({string.Join(", ", given.Select(column => column.Quoted))}) SELECT {string.Join(", ", values)} FROM generate_series(1, {rows}) g");
    }

    private static Relation Read(NpgsqlConnection connection, IReadOnlyList<string?> row)
    {
        var columns = connection.Rows($"""
            SELECT attname, format_type(atttypid, NULL), attgenerated <> '' OR attidentity = 'a'
            FROM pg_attribute WHERE attrelid = {row[0]} AND attnum > 0 AND NOT attisdropped ORDER BY attnum
            """).Select(column => new RelationColumn(column[0]!, column[1]!, column[2] == "True")).ToArray();
        var first = connection.Rows($"SELECT {string.Join(", ", columns.Select(column => $"{column.Quoted}::text"))} FROM \"{row[1]}\" ORDER BY 1 LIMIT 1");
        return new(long.Parse(row[0]!, CultureInfo.InvariantCulture), row[1]!, row[2]![0], row[3] == "True", columns, first is [var only] ? only : []);
    }
}

/// <param name="Assigned">The database gives the value.</param>
internal sealed record RelationColumn(string Name, string Type, bool Assigned)
{
    public string Quoted => $"\"{Name}\"";
}
