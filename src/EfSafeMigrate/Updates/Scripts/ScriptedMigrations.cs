using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Updates.Scripts;

/// <summary>The migrations of a script with everything that EF would send, and how EF records them.</summary>
internal sealed partial record ScriptedMigrations(ChangeSet Changes, HistoryTable History)
{
    /// <param name="ids">At least one, oldest first.</param>
    public static async Task<ScriptedMigrations> ReadAsync(LoadedProject project, Engine engine, IReadOnlyList<string> ids, Talk talk, CancellationToken cancellation)
    {
        var described = await talk.During("Reading migrations", project.AskAsync(
            new DescribeRequest(ids, PendingModel: false) { WithHistory = true }, ProtocolJson.Default.DescribeResult, cancellation));
        var changes = new ChangeReader(new SourceLocations(project.Directory), SqlDialect.Of(engine.Id)).Read(described);
        return new(changes, HistoryOf(changes.Migrations[0], described.CreateHistory ?? "", engine));
    }

    /// <summary>As a run would carry them out.</summary>
    public IReadOnlyList<PlannedUpdate> Planned(Engine engine, FactSheet facts) =>
        [.. Review.Judge(Changes.WithPartitions(facts), together: true, engine, facts).Select(migration => PlannedUpdate.Of(migration, engine))];

    // The names are the application's to choose; EF's own statement tells them, quoted.
    private static HistoryTable HistoryOf(MigrationChanges migration, string create, Engine engine)
    {
        var name = StatementReader.Read(migration.History ?? "", SqlDialect.Of(engine.Id), DatabaseModel.Empty).Select(change => change.Target).FirstOrDefault(table => table is not null);
        return name is not null && Insert().Match(migration.History!) is { Success: true } insert
            ? new(name, insert.Groups["table"].Value, insert.Groups["id"].Value, create)
            : throw new SafeMigrateException(
                "The application records its migrations in a way of its own, which a script cannot ask.", "dotnet safe-migrate apply   carries them out", detail: migration.History);
    }

    [GeneratedRegex(@"^\s*INSERT\s+INTO\s+(?<table>\S.*?)\s*\((?<id>[^,]+?)\s*,", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Insert();
}
