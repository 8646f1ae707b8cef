using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Tests.Projects.Source;

/// <summary>Trees of files that stand nowhere.</summary>
internal static class Sources
{
    public static SourceTree Tree(params (string File, string Text)[] files) =>
        new("/app", [.. files.Select(each => each.File).Where(file => file.EndsWith(".cs", StringComparison.Ordinal))],
            path => Array.Find(files, each => each.File == path).Text);

    /// <summary>A migration, <c>1_A</c>, with these statements in its <c>Up</c> and these members beside it.</summary>
    public static (string File, string Text) Migration(string up, string members = "", string id = "1_A", string down = "migrationBuilder.Sql(\"\");", string file = "Migrations/A.cs") => (file, $$"""
        using Microsoft.EntityFrameworkCore.Migrations;
        namespace App.Migrations;
        [DbContext(typeof(Shop))] [Migration("{{id}}")]
        public partial class {{id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..]}} : Migration
        {
            protected override void Up(MigrationBuilder migrationBuilder)
            {
                {{up}}
            }

            protected override void Down(MigrationBuilder migrationBuilder)
            {
                {{down}}
            }
            {{members}}
        }
        """);

    public static ChangeSet Read(string engine, params (string File, string Text)[] files)
    {
        var tree = Tree(files);
        var migrations = SourceMigrations.In(tree);
        var known = EngineBook.All.Single(each => each.Id == engine);
        return new SourceDescriber(new SourceClasses(tree), migrations, known, known.Providers[0]).Read([.. migrations.Migrations.Select(migration => migration.Id)]);
    }

    /// <summary>The changes without their places.</summary>
    public static IReadOnlyList<Change> Changes(string engine, params (string File, string Text)[] files) =>
        [.. Read(engine, files).Migrations[^1].Changes.Select(change => change with { Origin = Origin.None with { Emitted = change.Origin.Emitted } })];
}
