using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A migration that ends its own session each time, as one does that crashes the server.</summary>
internal static class FatalMigration
{
    private const string Id = "20270101000000_Fatal";

    public static Pattern Pattern { get; } = new("Fatal", []);

    public static Task WriteAsync(string project) => File.WriteAllTextAsync(Path.Combine(project, Pattern.Name, "Migrations", $"{Id}.cs"), $$""""
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using Microsoft.EntityFrameworkCore.Migrations;

        namespace Phases.{{Pattern.Name}}.Migrations;

        [DbContext(typeof({{Pattern.Context}}))]
        [Migration("{{Id}}")]
        public class FatalToItsSession : Migration
        {
            protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("SELECT pg_terminate_backend(pg_backend_pid());");
        }
        """");
}
