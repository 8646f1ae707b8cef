using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A migration of which one half runs in transactions and the other outside, so that it is committed in parts.</summary>
internal static class MixedMigration
{
    public const string Id = "20270101000000_Mixed";

    public static Pattern Pattern { get; } = new("Mixed", []);

    public static Task WriteAsync(string project) => File.WriteAllTextAsync(Path.Combine(project, Pattern.Name, "Migrations", $"{Id}.cs"), $$""""
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using Microsoft.EntityFrameworkCore.Migrations;

        namespace Phases.{{Pattern.Name}}.Migrations;

        [DbContext(typeof({{Pattern.Context}}))]
        [Migration("{{Id}}")]
        public class MixedParts : Migration
        {
            protected override void Up(MigrationBuilder migrationBuilder)
            {
                migrationBuilder.Sql("CREATE TABLE \"Counted\" (what text NOT NULL);");
                migrationBuilder.Sql("INSERT INTO \"Counted\" VALUES ('first part');");
                migrationBuilder.Sql("CREATE INDEX CONCURRENTLY \"IX_Customers_Code\" ON \"Customers\" (\"Code\");", suppressTransaction: true);
                migrationBuilder.Sql("INSERT INTO \"Counted\" VALUES ('second part');");
                migrationBuilder.Sql("INSERT INTO \"Counted\" SELECT 'alone' FROM pg_sleep(0) WHERE pg_advisory_lock(42)::text = '';", suppressTransaction: true);
                migrationBuilder.Sql("INSERT INTO \"Counted\" VALUES ('third part');");
            }
        }
        """");
}
