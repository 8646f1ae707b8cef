using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EfSafeMigrate.Engines;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>Which files were written, what each does, and how it is run.</summary>
internal static class ScriptReport
{
    private static readonly ScriptJsonContext Context = new(new JsonSerializerOptions(ScriptJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static void Write(IAnsiConsole console, Engine engine, string folder, IReadOnlyList<ScriptFile> files)
    {
        if (files.Count == 0)
        {
            console.WriteLine("  There is nothing to write: no migration is left.");
            return;
        }
        foreach (var file in files)
        {
            console.WriteLine($"  wrote {Path.Combine(folder, file.Name).Replace('\\', '/')}", new Style(decoration: Decoration.Bold));
            foreach (var migration in file.Migrations)
            {
                console.WriteLine($"        {migration.Id} ({migration.Phase})");
            }
        }
        console.WriteLine();
        console.WriteLine($"  run   {engine.Scripts.Call(files[0].Name)}");
        if (files.Any(file => file.Evidence is not null))
        {
            console.WriteLine("        and each contract when the old release is gone; the head of each file says what to look at");
        }
        if (engine.Scripts.Untried)
        {
            console.WriteLine($"  No {engine.Scripts.Client} has run such a file yet; try it on a copy of the database first.");
        }
    }

    public static string Json(string context, Engine engine, string folder, IReadOnlyList<ScriptFile> files) => JsonSerializer.Serialize(
        new ScriptDocument(
            JsonReport.SchemaVersion, context, engine.Id, engine.Scripts.Client, folder,
            [
                .. files.Select(file => new ScriptFileDocument(
                    file.Name, engine.Scripts.Call(file.Name), file.Evidence is not null, [.. file.Migrations.Select(migration => new ScriptMigrationDocument(migration.Id, migration.Phase))])),
            ]),
        Context.ScriptDocument);
}

/// <param name="Folder">Where the files are, as a whole path.</param>
internal sealed record ScriptDocument(int SchemaVersion, string Context, string Engine, string Client, string Folder, IReadOnlyList<ScriptFileDocument> Files);

/// <param name="Run">How a person calls the client.</param>
/// <param name="Contract">It takes something away, and waits until the old release is gone.</param>
internal sealed record ScriptFileDocument(string File, string Run, bool Contract, IReadOnlyList<ScriptMigrationDocument> Migrations);

internal sealed record ScriptMigrationDocument(string Id, string Phase);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ScriptDocument))]
internal sealed partial class ScriptJsonContext : JsonSerializerContext;
