using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Scripts;

namespace EfSafeMigrate.Tests.Updates.Scripts;

/// <summary>Migrations as EF would describe them, from their commands.</summary>
internal sealed class HandMade(Engine engine)
{
    private readonly List<MigrationChanges> migrations = [];

    /// <summary>Begins with <c>alone:</c> what runs outside a transaction.</summary>
    public HandMade With(string id, params string[] commands) => With(id, null, commands);

    public HandMade With(string id, PhaseMark? phase, params string[] commands)
    {
        var read = commands.Select((text, index) => new Command(text.Replace("alone:", "", StringComparison.Ordinal), text.StartsWith("alone:", StringComparison.Ordinal), [index])).ToArray();
        var changes = read.SelectMany((command, index) => StatementReader.Read(command.Sql, SqlDialect.Of(engine.Id), DatabaseModel.Empty)
            .Select(change => change with { Origin = new Origin(id, index, "SqlOperation"), InTransaction = !command.Suppressed }));
        migrations.Add(new MigrationChanges(id, DatabaseModel.Empty, [.. changes])
        {
            Commands = read,
            Phase = phase,
            Backfills = read.Where(command => command.Sql.StartsWith("DO $backfill$", StringComparison.Ordinal)).ToDictionary(command => command.Operations[0], _ => new BackfillSpec(new(null, "items"), ["id"], "label", "id::text")),
            History = $"INSERT INTO {Table} ({engine.Quote("MigrationId")}, {engine.Quote("ProductVersion")})\nVALUES ('{id}', '10.0.14');",
        });
        return this;
    }

    public IReadOnlyList<string> Ids => [.. migrations.Select(migration => migration.Id)];

    private string Table => engine.Quote("__EFMigrationsHistory");

    /// <param name="from">So many are expected in the database.</param>
    public IReadOnlyList<(ScriptFile File, string Text)> Files(int from = 0, TimeSpan quiet = default)
    {
        var judged = Review.Judge(new ChangeSet([.. migrations.Skip(from)]), together: true, engine, FactSheet.Unknown);
        var history = new HistoryTable(
            new(null, "__EFMigrationsHistory"), Table, engine.Quote("MigrationId"),
            $"CREATE TABLE IF NOT EXISTS {Table} ({engine.Quote("MigrationId")} varchar(150) NOT NULL PRIMARY KEY, {engine.Quote("ProductVersion")} varchar(32) NOT NULL);\n");
        var writer = new ScriptWriter(engine, "ShopContext", history, Ids, [.. Ids.Take(from)], quiet);
        return [.. writer.Files([.. judged.Select(migration => PlannedUpdate.Of(migration, engine))]).Select(file => (file, engine.Scripts.Text(file)))];
    }
}
