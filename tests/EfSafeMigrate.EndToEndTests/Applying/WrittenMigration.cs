using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A migration written by hand, in a context of its own.</summary>
internal sealed record WrittenMigration(string Name, params IReadOnlyList<WrittenStatement> Statements)
{
    /// <summary>One half runs in transactions and the other outside, so that it is committed in parts.</summary>
    public static WrittenMigration Mixed { get; } = new(
        "Mixed",
        new("CREATE TABLE \"Counted\" (what text NOT NULL);"),
        new("INSERT INTO \"Counted\" VALUES ('first part');"),
        new("CREATE INDEX CONCURRENTLY \"IX_Customers_Code\" ON \"Customers\" (\"Code\");") { Alone = true },
        new("INSERT INTO \"Counted\" VALUES ('second part');"),
        new("INSERT INTO \"Counted\" SELECT 'alone' FROM pg_sleep(0) WHERE pg_advisory_lock(42)::text = '';") { Alone = true },
        new("INSERT INTO \"Counted\" VALUES ('third part');"));

    /// <summary>Ends its own session each time, as one does that crashes the server.</summary>
    public static WrittenMigration Fatal { get; } = new("Fatal", new WrittenStatement("SELECT pg_terminate_backend(pg_backend_pid());"));

    public Pattern Pattern { get; } = new(Name, []);

    public string Id => $"20270101000000_{Name}";

    public async Task WriteAsync(string project)
    {
        await PhasedSample.WriteAsync(project, Pattern);
        await File.WriteAllTextAsync(Path.Combine(project, Name, "Migrations", $"{Id}.cs"), $$""""
            using Microsoft.EntityFrameworkCore.Infrastructure;
            using Microsoft.EntityFrameworkCore.Migrations;

            namespace Phases.{{Name}}.Migrations;

            [DbContext(typeof({{Pattern.Context}}))]
            [Migration("{{Id}}")]
            public class Written{{Name}} : Migration
            {
                protected override void Up(MigrationBuilder migrationBuilder)
                {
                    {{string.Join("\n        ", Statements.Select(statement => $"migrationBuilder.Sql(\"\"\"{statement.Sql}\"\"\", suppressTransaction: {(statement.Alone ? "true" : "false")});"))}}
                }
            }
            """");
    }
}

/// <param name="Sql">Not ending in a quotation mark.</param>
internal sealed record WrittenStatement(string Sql)
{
    /// <summary>Outside the transaction.</summary>
    public bool Alone { get; init; }
}
