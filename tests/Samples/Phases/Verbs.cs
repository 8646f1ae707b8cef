using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Phases;

public static class Verbs
{
    public static string Run(DbContext context, string verb, string argument) => verb switch
    {
        "ids" => string.Join(' ', context.Database.GetMigrations()),
        "to" => Migrate(context, argument),
        "all" => MigrateAll(context),
        "direct" => Direct(context),
        "pending" => context.Database.HasPendingModelChanges().ToString(),
        "journal" => Writers.Journal,
        "write" => Writers.Run(context, argument),
        "leaks" => Leaks(context),
        _ => throw new ArgumentException(verb),
    };

    private static string Migrate(DbContext context, string target)
    {
        context.GetService<IMigrator>().Migrate(target);
        return "";
    }

    private static string MigrateAll(DbContext context)
    {
        context.GetService<IMigrator>().Migrate();
        return "";
    }

    /// <summary>What EF does with the whole model change in one migration.</summary>
    private static string Direct(DbContext context)
    {
        var migrations = context.GetService<IMigrationsAssembly>();
        var first = migrations.CreateMigration(migrations.Migrations.Values.First(), context.Database.ProviderName!);
        var source = context.GetService<IModelRuntimeInitializer>().Initialize(((IMutableModel)first.TargetModel).FinalizeModel(), designTime: true);
        var target = context.GetService<IDesignTimeModel>().Model;
        var operations = context.GetService<IMigrationsModelDiffer>().GetDifferences(source.GetRelationalModel(), target.GetRelationalModel());
        var commands = context.GetService<IMigrationsSqlGenerator>().Generate(operations, target);
        context.GetService<IMigrationCommandExecutor>().ExecuteNonQuery(commands, context.GetService<Microsoft.EntityFrameworkCore.Storage.IRelationalConnection>());
        return string.Join(" ", operations.Select(operation => operation.GetType().Name));
    }

    /// <summary>Settings that all migrations in one session leave changed.</summary>
    private static string Leaks(DbContext context)
    {
        context.Database.OpenConnection();
        context.Database.ExecuteSqlRaw("SET default_transaction_isolation = 'repeatable read'");
        var before = Settings(context);
        context.GetService<IMigrator>().Migrate();
        var after = Settings(context);
        return string.Join(", ", after.Except(before));
    }

    // A transaction's own settings end with it, yet the server goes on calling their source the session: only their value tells.
    private static List<string> Settings(DbContext context) =>
        [.. context.Database.SqlQueryRaw<string>("""
            SELECT name || '=' || setting AS "Value" FROM pg_settings
            WHERE source = 'session' AND name NOT LIKE 'transaction\_%' OR name IN ('lock_timeout', 'statement_timeout', 'transaction_isolation')
            """)];
}
