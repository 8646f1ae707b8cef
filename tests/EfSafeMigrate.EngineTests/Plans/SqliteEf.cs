using System.Runtime.CompilerServices;
using System.Text.Json;
using EfSafeMigrate.Agent;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using SqlStep = EfSafeMigrate.Plans.Sql;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>EF Core itself with its provider for SQLite: what it proposes between two schemas, and the commands it makes of a migration.</summary>
internal static class SqliteEf
{
    private static readonly ConditionalWeakTable<ProposedOperation, MigrationOperation> Operations = [];

    public static IReadOnlyList<ProposedOperation> Diff(DatabaseModel before, DatabaseModel after)
    {
        using var context = Context();
        var (source, target) = (Model(before, context), Model(after, context));
        return [.. context.GetService<IMigrationsModelDiffer>().GetDifferences(source.GetRelationalModel(), target.GetRelationalModel()).Select(operation => Proposed(operation, target, context))];
    }

    /// <summary>The commands of a migration, in the order in which EF sends them: what needs a copy of a table comes last.</summary>
    public static IReadOnlyList<MigrationCommand> Commands(IReadOnlyList<Step> steps, DatabaseModel model)
    {
        using var context = Context();
        return context.GetService<IMigrationsSqlGenerator>().Generate([.. steps.Select(OperationOf)], Model(model, context));
    }

    public static IReadOnlyList<MigrationCommand> Created(DatabaseModel schema)
    {
        using var context = Context();
        var model = Model(schema, context);
        return context.GetService<IMigrationsSqlGenerator>().Generate(context.GetService<IMigrationsModelDiffer>().GetDifferences(null, model.GetRelationalModel()), model);
    }

    /// <summary>One for each use: EF's services are for one thread.</summary>
    private static DbContext Context() => new(new DbContextOptionsBuilder().UseSqlite("Data Source=:memory:").Options);

    private static MigrationOperation OperationOf(Step step) => step switch
    {
        Emit emit => Operations.TryGetValue(emit.Operation, out var operation) ? operation : throw new InvalidOperationException("EF proposed nothing of the kind."),
        SqlStep sql => new SqlOperation { Sql = sql.Text, SuppressTransaction = sql.Suppressed },
        Fill fill => new SqlOperation { Sql = fill.Text, SuppressTransaction = true },
        _ => throw new InvalidOperationException($"{step} is no operation."),
    };

    private static ProposedOperation Proposed(MigrationOperation operation, IModel model, DbContext context)
    {
        var proposed = new ProposedOperation(
            JsonSerializer.SerializeToElement(new OperationWriter(context).Write(operation, model)), $"migrationBuilder.{operation.GetType().Name}(…);", new CommandMap(context.GetService<IMigrationsSqlGenerator>()).Of([operation], model));
        Operations.Add(proposed, operation);
        return proposed;
    }

    /// <summary>As a snapshot builds it: without conventions.</summary>
    private static IModel Model(DatabaseModel schema, DbContext context)
    {
        var builder = new ModelBuilder();
        foreach (var table in schema.Tables)
        {
            builder.Entity(table.Name.Name, entity => Build(entity, table));
        }
        foreach (var table in schema.Tables)
        {
            foreach (var key in table.ForeignKeys)
            {
                builder.Entity(table.Name.Name).HasOne(key.Principal.Name, null).WithMany()
                    .HasForeignKey([.. key.Columns]).HasPrincipalKey([.. key.PrincipalColumns]).HasConstraintName(key.Name)
                    .OnDelete(key.OnDelete switch { "CASCADE" => DeleteBehavior.Cascade, "SET NULL" => DeleteBehavior.SetNull, _ => DeleteBehavior.ClientNoAction });
            }
        }
        return context.GetService<IModelRuntimeInitializer>().Initialize((IModel)builder.Model, designTime: true, validationLogger: null);
    }

    private static void Build(EntityTypeBuilder entity, Table table)
    {
        entity.ToTable(table.Name.Name, made =>
        {
            foreach (var check in table.Checks)
            {
                made.HasCheckConstraint(check.Name!, check.Sql);
            }
        });
        foreach (var column in table.Columns)
        {
            var property = entity.Property(Clr(column), column.Name).HasColumnType(column.Type).IsRequired(!column.Nullable);
            _ = column.Default?.Sql switch
            {
                null => property,
                ['\'', .. var text, '\''] => property.HasDefaultValue(text.Replace("''", "'", StringComparison.Ordinal)),
                var sql => property.HasDefaultValueSql(sql),
            };
            _ = column.Identity ? property.ValueGeneratedOnAdd() : property;
            _ = column.Collation is { } collation ? property.UseCollation(collation) : property;
        }
        _ = table.PrimaryKey is { } primary ? entity.HasKey([.. primary.Columns]).HasName(primary.Name!) : null;
        foreach (var key in table.UniqueConstraints)
        {
            entity.HasAlternateKey([.. key.Columns]).HasName(key.Name!);
        }
        foreach (var index in table.Indexes)
        {
            entity.HasIndex([.. index.Columns], index.Name).HasDatabaseName(index.Name).IsUnique(index.Unique).HasFilter(index.Filter);
        }
    }

    private static Type Clr(Column column) => (column.Type, column.Nullable) switch
    {
        ("INTEGER", false) => typeof(long),
        ("INTEGER", true) => typeof(long?),
        ("REAL", false) => typeof(double),
        ("REAL", true) => typeof(double?),
        ("BLOB", _) => typeof(byte[]),
        _ => typeof(string),
    };
}
