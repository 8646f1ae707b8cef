namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>Backups of SQL Server are files of the server's own machine; their statements are written and not run, for there is no server to try them on.</summary>
internal static class SqlServerBackups
{
    public static string ByHand(string database, string file)
    {
        var (name, path) = (SqlServerEngine.Value.Quote(database), $"N'{file.Replace("'", "''", StringComparison.Ordinal)}'");
        return $"""
            BACKUP DATABASE {name} TO DISK = {path} WITH COPY_ONLY, CHECKSUM, COMPRESSION, FORMAT, STATS = 10;
            RESTORE VERIFYONLY FROM DISK = {path} WITH CHECKSUM;
            -- and to bring it back, over what is there:
            RESTORE DATABASE {name} FROM DISK = {path} WITH CHECKSUM, REPLACE, STATS = 10;
            """;
    }
}
