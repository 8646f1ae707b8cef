using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace EfSafeMigrate.Agent;

/// <summary>The provider's commands for a migration, each with the operations it serves.</summary>
internal sealed class CommandMap(IMigrationsSqlGenerator generator)
{
    /// <param name="model">The schema that they lead to; null for none at all.</param>
    public IReadOnlyList<CommandMessage> Of(IReadOnlyList<MigrationOperation> operations, IModel? model)
    {
        var all = generator.Generate(operations, model);
        var owners = new int[all.Count][];
        var matched = new bool[operations.Count];
        var next = 0;
        for (var index = 0; index < operations.Count; index++)
        {
            var alone = Alone(operations[index], model);
            var start = alone is null ? -1 : IndexOf(all, alone, next);
            if (start < 0)
            {
                continue;
            }
            for (var offset = 0; offset < alone!.Count; offset++)
            {
                owners[start + offset] = [index];
            }
            matched[index] = true;
            next = start + alone.Count;
        }

        // A provider merges operations (SQLite rebuilds a table once for several): what is left on both sides belongs together.
        var merged = Enumerable.Range(0, operations.Count).Where(index => !matched[index]).ToArray();
        return [.. all.Select((command, index) =>
            new CommandMessage(command.CommandText, command.TransactionSuppressed, owners[index] ?? Serving(command, merged, operations)))];
    }

    /// <summary>Null where the provider cannot make SQL for the operation by itself.</summary>
    private IReadOnlyList<MigrationCommand>? Alone(MigrationOperation operation, IModel? model)
    {
        try
        {
            return generator.Generate([operation], model) is { Count: > 0 } commands ? commands : null;
        }
#pragma warning disable CA1031 // Any refusal means the same: the operation's commands are found among the merged ones.
        catch (Exception)
        {
            return null;
        }
    }

    private static int IndexOf(IReadOnlyList<MigrationCommand> all, IReadOnlyList<MigrationCommand> part, int from)
    {
        for (var start = from; start + part.Count <= all.Count; start++)
        {
            if (part.Select((command, offset) => command.CommandText == all[start + offset].CommandText).All(same => same))
            {
                return start;
            }
        }
        return -1;
    }

    private static int[] Serving(MigrationCommand command, int[] merged, IReadOnlyList<MigrationOperation> operations)
    {
        var named = merged.Where(index => operations[index] is ITableMigrationOperation table
            && command.CommandText.Contains(table.Table, StringComparison.Ordinal)).ToArray();
        return named.Length > 0 ? named : merged;
    }
}
