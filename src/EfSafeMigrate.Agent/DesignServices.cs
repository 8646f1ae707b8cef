using System.Reflection;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace EfSafeMigrate.Agent;

/// <summary>
/// EF's generators of migration code, the user's own <c>IDesignTimeServices</c> included.
/// Their assembly is not compiled against: signatures grew an argument between versions, so arguments are matched by name.
/// </summary>
internal sealed class DesignServices(IServiceProvider services, Assembly design, string? language)
{
    private const string Namespace = "Microsoft.EntityFrameworkCore.Migrations.Design.";

    /// <summary>EF's own single migration; properties as in EF's <c>ScaffoldedMigration</c>.</summary>
    public object Scaffold(string name, string? rootNamespace, string? subNamespace) =>
        Call(Service("IMigrationsScaffolder"), "ScaffoldMigration", new()
        {
            ["migrationName"] = name,
            ["rootNamespace"] = rootNamespace,
            ["subNamespace"] = subNamespace,
            ["language"] = language,
            ["dryRun"] = true,
        })!;

    public string Migration(string migrationNamespace, string name, IReadOnlyList<MigrationOperation> up, IReadOnlyList<MigrationOperation> down) =>
        (string)Call(Generator(), "GenerateMigration", new()
        {
            ["migrationNamespace"] = migrationNamespace,
            ["migrationName"] = name,
            ["upOperations"] = up,
            ["downOperations"] = down,
        })!;

    public string Designer(string migrationNamespace, Type context, string name, string id, IModel model) =>
        (string)Call(Generator(), "GenerateMetadata", new()
        {
            ["migrationNamespace"] = migrationNamespace,
            ["contextType"] = context,
            ["migrationName"] = name,
            ["migrationId"] = id,
            ["targetModel"] = model,
        })!;

    /// <summary>C# of one operation: the statement inside <c>Up</c>, not indented.</summary>
    public string Code(MigrationOperation operation)
    {
        var lines = Migration("N", "M", [operation], []).ReplaceLineEndings("\n").Split('\n');
        var start = Array.FindIndex(lines, line => line.Contains(" Up(MigrationBuilder ", StringComparison.Ordinal)) + 2;
        var indent = lines[start].Length - lines[start].TrimStart().Length;
        var closing = new string(' ', indent - 4) + "}";
        return string.Join('\n', lines.Skip(start).TakeWhile(line => line != closing)
            .Select(line => line.Length >= indent && string.IsNullOrWhiteSpace(line[..indent]) ? line[indent..] : line)).TrimEnd();
    }

    private object Generator() => Call(Service("IMigrationsCodeGeneratorSelector"), "Select", new() { ["language"] = language })!;

    private object Service(string name) =>
        services.GetService(design.GetType(Namespace + name, throwOnError: true)!)
        ?? throw new AgentException(new Failure(FailureCode.Design, $"EF Core's design-time service `{name}` is missing."));

    private static object? Call(object target, string method, Dictionary<string, object?> values)
    {
        var found = target.GetType().GetInterfaces().Append(target.GetType())
            .SelectMany(type => type.GetMethods())
            .Where(candidate => candidate.Name == method && !candidate.IsGenericMethod
                && candidate.GetParameters().All(parameter => values.ContainsKey(parameter.Name!)))
            .MaxBy(candidate => candidate.GetParameters().Length)
            ?? throw new AgentException(new Failure(FailureCode.Design, $"This version of EF Core has a `{method}` the tool does not know."));
        return found.Invoke(target, [.. found.GetParameters().Select(parameter => values[parameter.Name!])]);
    }
}
