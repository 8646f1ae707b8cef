using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.SqlServer;

internal static class SqlServerText
{
    public static string Quoted(this TableName table, Func<string, string> quote) => table.Schema is { } schema ? $"{quote(schema)}.{quote(table.Name)}" : quote(table.Name);
}
