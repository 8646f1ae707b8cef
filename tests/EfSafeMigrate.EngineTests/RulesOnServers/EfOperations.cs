using EfSafeMigrate.Changes;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Column = EfSafeMigrate.Changes.Column;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>A change as the operation it was read from.</summary>
internal static class EfOperations
{
    public static MigrationOperation Of(Change change) => change switch
    {
        AddColumn add => Shaped(new AddColumnOperation(), add.Table, add.Column),
        AlterColumn alter => Altered(alter),
        DropColumn drop => new DropColumnOperation { Table = drop.Table.Name, Name = drop.Name },
        RenameColumn rename => new RenameColumnOperation { Table = rename.Table.Name, Name = rename.Name, NewName = rename.NewName },
        CreateTable create => Created(create.Definition),
        DropTable drop => new DropTableOperation { Name = drop.Table.Name },
        RenameTable rename => new RenameTableOperation { Name = rename.Table.Name, Schema = rename.Table.Schema, NewName = rename.NewName.Name, NewSchema = rename.NewName.Schema },
        CreateIndex create => Indexed(create),
        AddPrimaryKey add => new AddPrimaryKeyOperation { Table = add.Table.Name, Name = add.Key.Name!, Columns = [.. add.Key.Columns] },
        DropPrimaryKey drop => new DropPrimaryKeyOperation { Table = drop.Table.Name, Name = drop.Name! },
        AddForeignKey add => new AddForeignKeyOperation
        {
            Table = add.Table.Name, Name = add.ForeignKey.Name!, Columns = [.. add.ForeignKey.Columns],
            PrincipalTable = add.ForeignKey.Principal.Name, PrincipalColumns = [.. add.ForeignKey.PrincipalColumns],
        },
        DropForeignKey drop => new DropForeignKeyOperation { Table = drop.Table.Name, Name = drop.Name },
        AddCheckConstraint add => new AddCheckConstraintOperation { Table = add.Table.Name, Name = add.Check.Name!, Sql = add.Check.Sql },
        DropCheckConstraint drop => new DropCheckConstraintOperation { Table = drop.Table.Name, Name = drop.Name },
        DropSequence drop => new DropSequenceOperation { Name = drop.Name },
        RestartSequence restart => new RestartSequenceOperation { Name = restart.Name, StartValue = restart.Value },
        SetSetting set => new SqlOperation { Sql = $"SET {(set.Local ? "LOCAL " : "")}{set.Name} = '{set.Value}'" },
        _ => throw new NotSupportedException($"No case needs {change.GetType().Name} as an operation yet."),
    };

    public static Type ClrType(string storeType, bool nullable)
    {
        var type = storeType.ToUpperInvariant() switch
        {
            "BIGINT" => typeof(long),
            "INTEGER" => typeof(int),
            "UUID" => typeof(Guid),
            "DATE" => typeof(DateOnly),
            "TIMESTAMP" => typeof(DateTime),
            var other when other.StartsWith("NUMERIC", StringComparison.Ordinal) => typeof(decimal),
            _ => typeof(string),
        };
        return nullable && type.IsValueType ? typeof(Nullable<>).MakeGenericType(type) : type;
    }

    private static T Shaped<T>(T operation, TableName table, Column column) where T : ColumnOperation
    {
        (operation.Table, operation.Name, operation.ColumnType) = (table.Name, column.Name, column.Type);
        (operation.ClrType, operation.IsNullable, operation.DefaultValueSql) = (ClrType(column.Type, false), column.Nullable, column.Default?.Sql);
        return operation;
    }

    private static AlterColumnOperation Altered(AlterColumn alter)
    {
        var operation = Shaped(new AlterColumnOperation(), alter.Table, alter.New);
        operation.OldColumn = Shaped(new AddColumnOperation(), alter.Table, alter.Old!);
        return operation;
    }

    private static CreateTableOperation Created(Table table)
    {
        var operation = new CreateTableOperation { Name = table.Name.Name };
        operation.Columns.AddRange(table.Columns.Select(column => Shaped(new AddColumnOperation(), table.Name, column)));
        return operation;
    }

    private static CreateIndexOperation Indexed(CreateIndex create)
    {
        var operation = new CreateIndexOperation { Table = create.Table.Name, Name = create.Index.Name, Columns = [.. create.Index.Columns], IsUnique = create.Index.Unique };
        if (create.Concurrently)
        {
            operation["Npgsql:CreatedConcurrently"] = true;
        }
        return operation;
    }
}
