using System.Text.RegularExpressions;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Foreign;

/// <summary>Every other tool that is known.</summary>
internal static partial class ForeignTools
{
    public static readonly IReadOnlyList<ForeignTool> All =
    [
        PrismaFiles.Tool,
        DrizzleFiles.Tool,
        FlywayFiles.Tool,
        LiquibaseFiles.Tool,
        new("knex", "Knex", [new(KnexFile()), new(ScriptOfMigration(), "exports.up = function (knex"), new(ScriptOfMigration(), "exports.up = async function (knex"), new(ScriptOfMigration(), "up(knex")])
        {
            Code = "JavaScript",
            Prints = "it prints no SQL: DEBUG=knex:query npx knex migrate:latest   on a scratch database shows what it runs, for dotnet safe-migrate review --sql FILE --engine ENGINE",
        },
        new("typeorm", "TypeORM", [new(OrmConfig()), new(ScriptOfMigration(), "MigrationInterface")])
        {
            Code = "TypeScript",
            Prints = "npx typeorm schema:log -d DATASOURCE   before the migration is generated prints its SQL, for dotnet safe-migrate review --sql FILE --engine ENGINE",
        },
        new("sequelize", "Sequelize", [new(SequelizeSettings()), new(ScriptOfMigration(), "queryInterface")])
        {
            Code = "JavaScript",
            Prints = "it prints no SQL: npx sequelize-cli db:migrate   on a scratch database, with `logging: console.log` in its settings, shows what it runs, for dotnet safe-migrate review --sql FILE --engine ENGINE",
        },
        new("django", "Django", [new(ManagePy(), "django"), new(PythonOfMigration(), "migrations.Migration")])
        {
            Code = "Python",
            Prints = "python manage.py sqlmigrate APP NAME | dotnet safe-migrate review --sql - --engine ENGINE",
        },
        new("rails", "Rails", [new(RubyOfMigration())])
        {
            Code = "Ruby",
            Prints = "it prints no SQL: bin/rails db:migrate   on a scratch database writes what it runs into log/development.log, for dotnet safe-migrate review --sql FILE --engine ENGINE",
        },
        new("alembic", "Alembic", [new(AlembicIni()), new(PythonOfVersion(), "down_revision")])
        {
            Code = "Python",
            Prints = "alembic upgrade FROM:TO --sql | dotnet safe-migrate review --sql - --engine ENGINE",
        },
    ];

    /// <summary>The tools whose files stand there.</summary>
    public static IReadOnlyList<FoundTool> In(SourceTree tree) =>
        [.. All.Select(tool => FileOf(tool, tree) is { } file ? new FoundTool(tool, file) : null).OfType<FoundTool>()];

    private static string? FileOf(ForeignTool tool, SourceTree tree) => tool.Marks
        .SelectMany(mark => tree.Files.Where(file => mark.Path.IsMatch(file) && (mark.Holding is null || tree.Head(file)?.Contains(mark.Holding, StringComparison.OrdinalIgnoreCase) == true)))
        .FirstOrDefault();

    [GeneratedRegex(@"(^|/)knexfile\.[cm]?[jt]s$")]
    private static partial Regex KnexFile();

    [GeneratedRegex(@"(^|/)migrations?/[^/]+\.[cm]?[jt]s$")]
    private static partial Regex ScriptOfMigration();

    [GeneratedRegex(@"(^|/)ormconfig\.(json|[jt]s|ya?ml|xml)$")]
    private static partial Regex OrmConfig();

    [GeneratedRegex(@"(^|/)\.sequelizerc$")]
    private static partial Regex SequelizeSettings();

    [GeneratedRegex(@"(^|/)manage\.py$")]
    private static partial Regex ManagePy();

    [GeneratedRegex(@"(^|/)migrations/\d{4}_\w+\.py$")]
    private static partial Regex PythonOfMigration();

    [GeneratedRegex(@"(^|/)db/(\w+_)?migrate/\d+_\w+\.rb$")]
    private static partial Regex RubyOfMigration();

    [GeneratedRegex(@"(^|/)alembic\.ini$")]
    private static partial Regex AlembicIni();

    [GeneratedRegex(@"(^|/)versions/[^/]+\.py$")]
    private static partial Regex PythonOfVersion();
}
