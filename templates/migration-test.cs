// Written by `dotnet safe-migrate` with the migrations of {{name}}, and yours from then on.
// Each test makes databases of its own and removes them{{where}}.
#nullable enable
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Xunit;

namespace {{namespace}};

public sealed class {{class}}
{
    private static readonly string[] Migrations =
    [{{migrations}}];

    // Their models are ahead of them, until a contract that was held back has run.
    private static readonly string[] Held = [{{held}}];

    // Tables and columns that live on under another name.
    private static readonly Dictionary<string, string> NewNames = new(){{new-names}};

    // Tables and columns whose values go, or become others.
    private static readonly string[] NotKept = [{{not-kept}}];

    // The tables that have rows, and what they are called in SQL.
    private static readonly Dictionary<string, string> Tables = new(){{tables}};

    // Written before the first of the migrations runs. Change them where a check or a trigger asks for other values.
    private const string Rows = {{rows}};

    // A line for each thing of the schema; its first word is the kind.
    private const string Catalogue = {{catalogue}};

    [Fact]
    public async Task Every_up_ends_with_the_schema_of_its_model()
    {
        await using var database = new Scratch();
        await database.MigrateAsync(database.Before(Migrations[0]));
        foreach (var migration in Migrations.Except(Held))
        {
            await database.MigrateAsync(migration);
            await using var model = new Scratch();
            await model.CreateAsync(migration);
            var (wanted, found) = (OfModel(await model.CatalogueAsync()), OfModel(await database.CatalogueAsync()));
            // An index may be built before the key that takes it over.
            AssertSame(wanted, migration == Migrations[^1] ? found : [.. found.Where(line => !line.StartsWith("index ", StringComparison.Ordinal) || wanted.Contains(line))], $"After the Up of {migration}");
        }
    }

    [Fact]
    public async Task Every_down_gives_back_the_schema_before_it()
    {
        await using var database = new Scratch();
        await database.MigrateAsync(database.Before(Migrations[0]));
        var before = new Dictionary<string, List<string>>();
        foreach (var migration in Migrations)
        {
            before[migration] = await database.CatalogueAsync();
            await database.MigrateAsync(migration);
        }
        var top = await database.CatalogueAsync();
        foreach (var migration in Enumerable.Reverse(Migrations))
        {
            await database.MigrateAsync(database.Before(migration));
            var found = await database.CatalogueAsync();
            // EF gives a required column that comes back a default, for the rows that are there.
            AssertSame(before[migration], [.. found.Where(line => !line.StartsWith("default ", StringComparison.Ordinal) || before[migration].Contains(line))], $"After the Down of {migration}");
        }
        await database.MigrateAsync(Migrations[^1]);
        AssertSame(top, await database.CatalogueAsync(), "When all is up again");
    }

    [Fact]
    public async Task Rows_written_before_are_there_after_and_when_all_is_taken_back()
    {
        await using var database = new Scratch();
        await database.MigrateAsync(database.Before(Migrations[0]));
        await database.ExecuteAsync(Rows);
        var before = await database.RowsAsync();
        for (var round = 0; round < 2; round++)
        {
            foreach (var migration in Migrations)
            {
                await database.MigrateAsync(migration);
                AssertKept(before, await database.RowsAsync(), $"After the Up of {migration}", atEnd: migration == Migrations[^1]);
            }
            foreach (var migration in Enumerable.Reverse(Migrations))
            {
                await database.MigrateAsync(database.Before(migration));
                AssertKept(before, await database.RowsAsync(), $"After the Down of {migration}", atEnd: false);
            }
        }
    }

    // What a model decides; what serves the phases alone is no part of one.
    private static List<string> OfModel(List<string> catalogue) =>
        [.. catalogue.Where(line => line.Split(' ')[0] is "table" or "column" or "key" or "index" && !line.Contains("safe_migrate", StringComparison.Ordinal))];

    private static void AssertSame(List<string> wanted, List<string> found, string when)
    {
        var lines = wanted.Except(found).Select(line => $"  missing: {line}").Concat(found.Except(wanted).Select(line => $"  too much: {line}")).ToList();
        Assert.True(lines.Count == 0, $"{when} the schema is another:\n{string.Join('\n', lines)}");
    }

    private static void AssertKept(Dictionary<string, List<Dictionary<string, string?>>> before, Dictionary<string, List<Dictionary<string, string?>>> now, string when, bool atEnd)
    {
        foreach (var (table, rows) in before.Where(each => !NotKept.Contains(each.Key)))
        {
            Assert.True(now.TryGetValue(table, out var found) || now.TryGetValue(NewNames.GetValueOrDefault(table, table), out found), $"{when} {table} is gone.");
            Assert.True(rows.Count == found!.Count, $"{when} {table} has {found.Count} rows, and had {rows.Count}.");
            string[] columns = [.. rows.SelectMany(row => row.Keys).Distinct().Where(column => !NotKept.Contains($"{table}.{column}"))];
            var wanted = Lines(rows, columns);
            // While both names are there, one of them has the values; in the end the new one has.
            var (old, renamed) = (Lines(found, Names(found, table, columns, newFirst: false, when)), Lines(found, Names(found, table, columns, newFirst: true, when)));
            var kept = wanted.SequenceEqual(renamed) || (!atEnd && wanted.SequenceEqual(old));
            Assert.True(kept, $"{when} the rows of {table} are others:\n  were: {string.Join("\n        ", wanted)}\n  are:  {string.Join("\n        ", renamed)}");
        }
    }

    private static string[] Names(List<Dictionary<string, string?>> found, string table, string[] columns, bool newFirst, string when) => [.. columns.Select(column =>
    {
        var renamed = NewNames.GetValueOrDefault($"{table}.{column}", column);
        var (first, second) = newFirst ? (renamed, column) : (column, renamed);
        var name = found.Any(row => row.ContainsKey(first)) ? first : second;
        Assert.True(found.Any(row => row.ContainsKey(name)), $"{when} {table}.{column} is gone.");
        return name;
    })];

    private static List<string> Lines(List<Dictionary<string, string?>> rows, IEnumerable<string> columns) =>
        [.. rows.Select(row => string.Join(" | ", columns.Select(column => row[column] is { } value ? $"'{value}'" : "NULL"))).Order(StringComparer.Ordinal)];
{{server}}
    private static {{context}} Context(string connection)
    {
{{create}}
    }

    /// <summary>A database that nobody else has.</summary>
    private sealed class Scratch : IAsyncDisposable
    {
        private readonly {{context}} context = Context({{connection}});

        /// <summary>The migration before, or EF's word for nothing.</summary>
        public string Before(string migration)
        {
            var all = context.Database.GetMigrations().ToList();
            Assert.True(all.Contains(migration), $"There is no migration {migration}.");
            return all.IndexOf(migration) is > 0 and var at ? all[at - 1] : Migration.InitialDatabase;
        }

        public Task MigrateAsync(string migration) => context.GetService<IMigrator>().MigrateAsync(migration);

        /// <summary>Makes what the migration's model describes, without any migration.</summary>
        public async Task CreateAsync(string migration)
        {
            await MigrateAsync(Migration.InitialDatabase);
            var migrations = context.GetService<IMigrationsAssembly>();
            var target = migrations.CreateMigration(migrations.Migrations[migration], context.Database.ProviderName!).TargetModel;
            var model = context.GetService<IModelRuntimeInitializer>().Initialize(target, designTime: true, validationLogger: null);
            var operations = context.GetService<IMigrationsModelDiffer>().GetDifferences(null, model.GetRelationalModel());
            var commands = context.GetService<IMigrationsSqlGenerator>().Generate(operations, model);
            await context.GetService<IMigrationCommandExecutor>().ExecuteNonQueryAsync(commands, context.GetService<IRelationalConnection>());
        }

        public async Task<List<string>> CatalogueAsync() => [.. (await ReadAsync(Catalogue)).Select(row => row.Values.Single()!).Order(StringComparer.Ordinal)];

        public async Task<Dictionary<string, List<Dictionary<string, string?>>>> RowsAsync()
        {
            var catalogue = await CatalogueAsync();
            var rows = new Dictionary<string, List<Dictionary<string, string?>>>();
            foreach (var (table, sql) in Tables.Where(each => catalogue.Any(line => line == $"table {each.Key}" || line.StartsWith($"view {each.Key}:", StringComparison.Ordinal))))
            {
                rows[table] = await ReadAsync($"SELECT * FROM {sql}");
            }
            return rows;
        }

        public async Task ExecuteAsync(string sql)
        {
            if (sql.Trim().Length > 0)
            {
                await ReadAsync(sql);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await context.Database.EnsureDeletedAsync();
            await context.DisposeAsync();
        }

        private async Task<List<Dictionary<string, string?>>> ReadAsync(string sql)
        {
            await context.Database.OpenConnectionAsync();
            try
            {
                await using var command = context.Database.GetDbConnection().CreateCommand();
                command.CommandText = sql;
                await using var reader = await command.ExecuteReaderAsync();
                var rows = new List<Dictionary<string, string?>>();
                while (await reader.ReadAsync())
                {
                    rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, at => reader.IsDBNull(at) ? null : Text(reader.GetValue(at))));
                }
                return rows;
            }
            finally
            {
                await context.Database.CloseConnectionAsync();
            }
        }

        private static string Text(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)!;
    }
}
