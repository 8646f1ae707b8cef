using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Source;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Scaffolding.Tests;

/// <summary>How a test comes by the user's context, as C#.</summary>
/// <param name="Type">The context's full name.</param>
/// <param name="Statements">They end with the context for a <c>connection</c>.</param>
internal sealed record ContextCreation(string Type, string Statements)
{
    private const string Factory = "IDesignTimeDbContextFactory";

    /// <param name="type">The context's full name.</param>
    /// <param name="directories">Of the projects in which the context may stand; that of the migrations first.</param>
    /// <param name="migrations">Name of the project with the migrations.</param>
    /// <exception cref="SafeMigrateException">Nobody but the application can make one.</exception>
    public static ContextCreation Of(string type, string provider, TestForms forms, IReadOnlyList<string> directories, string migrations)
    {
        var (name, spelled) = (type.Split('.', '+')[^1], $"global::{type.Replace('+', '.')}");
        var holding = directories.Select(directory => SourceFiles.OfProject(directory).Select(File.ReadAllText).Where(text => text.Contains(name, StringComparison.Ordinal))
            .SelectMany(text => CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()).ToArray()).ToArray();
        var parts = holding.SelectMany(each => each).Where(each => each.Identifier.ValueText == name && SourceClasses.FullName(each) == type.Replace('+', '.')).ToArray();
        var elsewhere = holding.Length > 0 && !holding[0].Any(parts.Contains) && parts.Length > 0;
        if (Constructors(parts).Any(IsOfOptions))
        {
            var use = forms.Uses.TryGetValue(provider, out var known) ? known : throw NoWay(type);
            return new(spelled, Lines($"var options = new DbContextOptionsBuilder<{spelled}>();", $"options.{use}{(elsewhere ? $", migrations => migrations.MigrationsAssembly({SymbolDisplay.FormatLiteral(migrations, quote: true)})" : "")});", $"return new {spelled}(options.Options);"));
        }
        var made = holding.SelectMany(each => each).FirstOrDefault(each => each.BaseList?.Types.Any(parent => parent.Type.ToString() is var text && text.Contains(Factory, StringComparison.Ordinal) && text.Contains(name, StringComparison.Ordinal)) == true) is { } factory
            ? $"new global::{SourceClasses.FullName(factory)}().CreateDbContext([])"
            : parts.Length > 0 && Constructors(parts).DefaultIfEmpty(null).Any(parameters => parameters is null || parameters.Parameters.All(parameter => parameter.Default is not null)) ? $"new {spelled}()" : throw NoWay(type);
        return new(spelled, Lines($"var context = {made};", "context.Database.SetConnectionString(connection);", "return context;"));
    }

    private static IEnumerable<ParameterListSyntax> Constructors(ClassDeclarationSyntax[] parts) =>
        parts.Select(part => part.ParameterList).OfType<ParameterListSyntax>().Concat(parts.SelectMany(part => part.Members).OfType<ConstructorDeclarationSyntax>()
            .Where(constructor => constructor.Modifiers.Any(SyntaxKind.PublicKeyword)).Select(constructor => constructor.ParameterList));

    private static bool IsOfOptions(ParameterListSyntax parameters) =>
        parameters.Parameters is [{ Type: { } first }, ..] && first.ToString().Split('.')[^1].StartsWith("DbContextOptions", StringComparison.Ordinal) && parameters.Parameters.Skip(1).All(other => other.Default is not null);

    private static string Lines(params string[] lines) => string.Join('\n', lines.Select(line => $"        {line}"));

    private static SafeMigrateException NoWay(string type) => new(
        $"A test cannot make a `{type}`: it has no constructor that takes its options, and no {Factory} makes one.", $"give it a constructor with `DbContextOptions<{type.Split('.', '+')[^1]}>`, or write an {Factory}");
}
