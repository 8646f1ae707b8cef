using System.Diagnostics;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Repositories;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Tests.Projects.Repositories;

/// <summary>A real repository with a project in it, whose migrations are as short as EF's can be.</summary>
internal sealed class Clone : IDisposable
{
    private readonly string scratch = Directory.CreateTempSubdirectory("safe-migrate-git-").FullName;

    /// <param name="project">The project's folder in the repository.</param>
    public Clone(string project = "src/Shop")
    {
        Root = Path.Combine(scratch, "clone");
        Directory.CreateDirectory(Root);
        Project = project;
        Git("init", "-q", "-b", "main");
        Git("config", "user.name", "A Person");
        Git("config", "user.email", "person@example.com");
        Git("config", "commit.gpgsign", "false");
        Git("config", "core.hooksPath", Path.Combine(Root, ".git", "hooks"));
    }

    public string Root { get; private set; }

    public string Project { get; set; }

    public string Folder => Path.Combine(Root, Project);

    public void Dispose()
    {
        foreach (var file in Directory.EnumerateFiles(scratch, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }
        Directory.Delete(scratch, recursive: true);
    }

    /// <summary>The same scratch folder, another clone of the repository.</summary>
    public void CloneTo(string name, params string[] options)
    {
        Run(scratch, ["clone", "-q", .. options, $"file://{Root}", Path.Combine(scratch, name)]);
        MoveTo(name);
    }

    /// <summary>Goes on in a folder beside it.</summary>
    public void MoveTo(string name) => Root = Path.Combine(scratch, name);

    /// <summary>What <c>git commit</c> runs first.</summary>
    public void Hook(string script)
    {
        var path = Path.Combine(Root, ".git", "hooks", "pre-commit");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    public string Git(params string[] arguments) => Run(Root, arguments);

    public void Commit(string message = "a commit")
    {
        Git("add", "--all");
        Git("commit", "-q", "-m", message);
    }

    public void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public void Delete(string file) => File.Delete(Path.Combine(Folder, file));

    /// <summary>A migration with its Designer and the snapshot, as <c>dotnet ef migrations add</c> leaves them.</summary>
    /// <param name="columns">All columns of the model afterwards, of the entity <c>Order</c> or as <c>Entity.Column</c>.</param>
    public void Migrate(string id, params string[] columns)
    {
        var name = MigrationChanges.NameOf(id);
        Write($"Migrations/{id}.cs", Up(name, $"migrationBuilder.AddColumn<int>(name: \"{columns[^1].Split('.')[^1]}\", table: \"Orders\", nullable: true);"));
        Write($"Migrations/{id}.Designer.cs", $$"""
            namespace Shop.Migrations
            {
                [DbContext(typeof(ShopContext))]
                [Migration("{{id}}")]
                partial class {{name}}
                {
                    protected override void BuildTargetModel(ModelBuilder modelBuilder)
            {{Model(columns)}}
                }
            }
            """);
        Snapshot(columns);
    }

    public void Snapshot(params string[] columns) => Write("Migrations/ShopContextModelSnapshot.cs", $$"""
        namespace Shop.Migrations
        {
            [DbContext(typeof(ShopContext))]
            partial class ShopContextModelSnapshot : ModelSnapshot
            {
                protected override void BuildModel(ModelBuilder modelBuilder)
        {{Model(columns)}}
            }
        }
        """);

    public static string Up(string name, string up, string down = "migrationBuilder.DropTable(\"x\");") => $$"""
        using Microsoft.EntityFrameworkCore.Migrations;

        namespace Shop.Migrations
        {
            public partial class {{name}} : Migration
            {
                protected override void Up(MigrationBuilder migrationBuilder)
                {
                    {{up}}
                }

                protected override void Down(MigrationBuilder migrationBuilder)
                {
                    {{down}}
                }
            }
        }
        """;

    public SourceState Here() => SourceState.Of(SourceTree.InFolder(Folder));

    /// <summary>What a review finds in the files, against a base branch.</summary>
    public async Task<IReadOnlyList<HistoryChange>> Against(string revision)
    {
        var branch = await BranchFrom(revision);
        return new HistoryTraps(branch.Here, branch, "ShopContext").Find([.. branch.Added.Select(migration => migration.Id)]);
    }

    public async Task<Branch> BranchFrom(string revision)
    {
        using var repository = (await Repository.FindAsync(Folder, _ => null, default))!;
        return await Branch.CompareAsync(repository, await BaseBranch.NamedAsync(repository, revision, default), Task.FromResult(Here()), staged: false, default);
    }

    public Task<ProjectHistory> HistoryAsync(string? @base = null, bool staged = false, Func<string, string?>? variable = null) =>
        ProjectHistory.ReadAsync(Folder, new HistoryRequest(@base, staged), variable ?? (_ => null), default);

    /// <summary>Which migrations a review without a choice is about.</summary>
    public async Task<Choice?> ChooseAsync(string? @base = null, bool staged = false, Func<string, string?>? variable = null, params string[] accepted)
    {
        using var history = await HistoryAsync(@base, staged, variable);
        return history.Choose("ShopContext", [.. history.Here.Migrations.Migrations.Select(migration => migration.Id)], accepted.Contains);
    }

    public async Task<IReadOnlyList<Change>> RemarksAsync(string? @base = null, bool staged = false, Func<string, string?>? variable = null)
    {
        using var history = await HistoryAsync(@base, staged, variable);
        var ids = history.Choose("ShopContext", [.. history.Here.Migrations.Migrations.Select(migration => migration.Id)], _ => false)?.Ids ?? [];
        return [.. history.AddTo(new([]), "ShopContext", ids).Migrations.SelectMany(migration => migration.Changes)];
    }

    private static string Model(string[] columns)
    {
        var entities = columns.Select(column => column.Contains('.', StringComparison.Ordinal) ? column : $"Order.{column}").GroupBy(column => column.Split('.')[0]);
        return $$"""
                    {
                        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");

            {{string.Concat(entities.Select(entity => $$"""
                        modelBuilder.Entity("Shop.{{entity.Key}}", b =>
                            {
            {{string.Concat(entity.Select(column => $"                    b.Property<int?>(\"{column.Split('.')[1]}\");\n\n"))}}
                                b.HasKey("Id");

                                b.ToTable("{{entity.Key}}s");
                            });

            """))}}
                    }
            """;
    }

    private static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error.Result}{output}");
    }
}
