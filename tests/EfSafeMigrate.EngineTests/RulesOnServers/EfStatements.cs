using EfSafeMigrate.Changes;
using EfSafeMigrate.Tests.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>What EF Core's own provider makes of operations.</summary>
internal static class EfStatements
{
    /// <param name="after">The model that the migration leads to: from it the SQLite provider copies a table.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<Change> changes, DatabaseModel after, string engine) =>
        [.. Commands(changes, after, engine).Select(command => command.CommandText)];

    public static IReadOnlyList<MigrationCommand> Commands(IReadOnlyList<Change> changes, DatabaseModel after, string engine)
    {
        using var context = new ModelContext(after, engine);
        return context.GetService<IMigrationsSqlGenerator>().Generate([.. changes.Select(EfOperations.Of)], context.GetService<IDesignTimeModel>().Model);
    }

    /// <summary>Of a migration as it is written: operations, and SQL between them.</summary>
    public static IReadOnlyList<(string Sql, bool Suppressed)> Commands(IReadOnlyList<CuredPart> parts, DatabaseModel after, string engine)
    {
        using var context = new ModelContext(after, engine);
        MigrationOperation[] operations = [.. parts.Select(part => part.Sql is { } sql ? new SqlOperation { Sql = sql } : EfOperations.Of(part.Operation!))];
        return [.. context.GetService<IMigrationsSqlGenerator>().Generate(operations, context.GetService<IDesignTimeModel>().Model).Select(command => (command.CommandText, command.TransactionSuppressed))];
    }

    private sealed class ModelContext(DatabaseModel model, string engine) : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
        {
            // The model differs from instance to instance, so none may be kept.
            optionsBuilder.EnableServiceProviderCaching(false);
            _ = engine == RuleCase.Sqlite ? optionsBuilder.UseSqlite("Data Source=:memory:") : optionsBuilder.UseNpgsql("Host=none");
        }

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            foreach (var table in model.Tables.Where(table => table.Kind == TableKind.Table))
            {
                modelBuilder.Entity(table.Name.Name, entity =>
                {
                    entity.ToTable(table.Name.Name);
                    foreach (var column in table.Columns)
                    {
                        var property = entity.Property(EfOperations.ClrType(column.Type, column.Nullable), column.Name).HasColumnType(column.Type).IsRequired(!column.Nullable);
                        property.Metadata.ValueGenerated = ValueGenerated.Never;
                        _ = column.Default is { } given ? property.HasDefaultValueSql(given.Sql) : property;
                    }
                    _ = table.PrimaryKey is { } key ? (object)entity.HasKey([.. key.Columns]) : entity.HasNoKey();
                    foreach (var index in table.Indexes.Where(index => table.PrimaryKey is not null))
                    {
                        entity.HasIndex([.. index.Columns], index.Name).IsUnique(index.Unique);
                    }
                    foreach (var check in table.Checks)
                    {
                        entity.ToTable(mapped => mapped.HasCheckConstraint(check.Name!, check.Sql));
                    }
                });
            }
            foreach (var (table, key) in model.Tables.SelectMany(table => table.ForeignKeys, (table, key) => (table, key)))
            {
                modelBuilder.Entity(table.Name.Name).HasOne(key.Principal.Name).WithMany().HasForeignKey([.. key.Columns]).HasConstraintName(key.Name);
            }
        }
    }
}
