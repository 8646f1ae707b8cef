using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>The command that writes a change anew, for an existing migration or for model changes that have none yet.</summary>
internal static class Rewriting
{
    public static string Command(MigrationChanges migration, params IEnumerable<string> options) =>
        string.Join(' ', options.Prepend(migration.IsPendingModel ? "dotnet safe-migrate add NAME" : $"dotnet safe-migrate rewrite {migration.Name}"));

    public static string Rename(TableName table, RenamePair pair) => $"--rename {table}.{pair.Old}={pair.New}";

    public static string Apart(RenameColumn rename) => $"--no-rename {rename.Table}.{rename.Name}";
}
