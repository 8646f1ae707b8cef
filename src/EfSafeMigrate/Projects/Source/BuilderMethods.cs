using System.Collections.Frozen;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>The methods of EF's <c>MigrationBuilder</c>, the same in EF Core 8, 9 and 10.</summary>
internal static class BuilderMethods
{
    private const string ColumnFacets = "type unicode maxLength rowVersion";

    private static readonly FrozenDictionary<string, string[]> Parameters = new Dictionary<string, string>
    {
        ["AddCheckConstraint"] = "name table sql schema",
        ["AddColumn"] = $"name table {ColumnFacets} schema nullable defaultValue defaultValueSql computedColumnSql fixedLength comment collation precision scale stored",
        ["AddForeignKey"] = "name table column principalTable schema principalSchema principalColumn onUpdate onDelete",
        ["AddPrimaryKey"] = "name table column schema",
        ["AddUniqueConstraint"] = "name table column schema",
        ["AlterColumn"] = $"name table {ColumnFacets} schema nullable defaultValue defaultValueSql computedColumnSql oldClrType oldType oldUnicode oldMaxLength oldRowVersion oldNullable oldDefaultValue oldDefaultValueSql oldComputedColumnSql fixedLength oldFixedLength comment oldComment collation oldCollation precision oldPrecision scale oldScale stored oldStored",
        ["AlterDatabase"] = "collation oldCollation",
        ["AlterSequence"] = "name schema incrementBy minValue maxValue cyclic oldIncrementBy oldMinValue oldMaxValue oldCyclic",
        ["AlterTable"] = "name schema comment oldComment",
        ["CreateCheckConstraint"] = "name table sql schema",
        ["CreateIndex"] = "name table column schema unique filter descending",
        ["CreateSequence"] = "name schema startValue incrementBy minValue maxValue cyclic cached cacheSize",
        ["CreateTable"] = "name columns schema constraints comment",
        ["DeleteData"] = "table keyColumn keyValue schema",
        ["DropCheckConstraint"] = "name table schema",
        ["DropColumn"] = "name table schema",
        ["DropForeignKey"] = "name table schema",
        ["DropIndex"] = "name table schema",
        ["DropPrimaryKey"] = "name table schema",
        ["DropSchema"] = "name",
        ["DropSequence"] = "name schema",
        ["DropTable"] = "name schema",
        ["DropUniqueConstraint"] = "name table schema",
        ["EnsureSchema"] = "name",
        ["InsertData"] = "table column value schema",
        ["RenameColumn"] = "name table newName schema",
        ["RenameIndex"] = "name newName table schema",
        ["RenameSequence"] = "name schema newName newSchema",
        ["RenameTable"] = "name schema newName newSchema",
        ["RestartSequence"] = "name startValue schema",
        ["Sql"] = "sql suppressTransaction",
        ["UpdateData"] = "table keyColumn keyValue column value schema",
    }.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Split(' '));

    /// <summary>The overloads that say the types of the columns as well.</summary>
    private static readonly FrozenDictionary<string, string[]> Typed = new Dictionary<string, string>
    {
        ["DeleteData"] = "table keyColumn keyColumnType keyValue schema",
        ["InsertData"] = "table column columnType value schema",
        ["UpdateData"] = "table keyColumn keyColumnType keyValue column columnType value schema",
    }.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Split(' '));

    /// <summary>What may be computed without anybody having to know it.</summary>
    private static readonly FrozenSet<string> Minor =
    [
        "defaultValue", "oldDefaultValue", "comment", "oldComment", "unicode", "oldUnicode", "maxLength", "oldMaxLength", "rowVersion", "oldRowVersion", "fixedLength", "oldFixedLength",
        "precision", "oldPrecision", "scale", "oldScale", "startValue", "incrementBy", "minValue", "maxValue", "cyclic", "oldIncrementBy", "oldMinValue", "oldMaxValue", "oldCyclic",
        "cached", "cacheSize", "onUpdate",
    ];

    public static string[]? ParametersOf(string method) => Parameters.GetValueOrDefault(method);

    public static OperationNode Read(string method, SimpleNameSyntax called, InvocationExpressionSyntax call, IReadOnlyList<Argument> given, Expressions expressions, Frame frame)
    {
        var at = call.GetFirstToken();
        var arguments = Bind(ParametersFor(method, given), given, out var unknown);
        var unread = arguments.FirstOrDefault(each => !Minor.Contains(each.Key) && IsUnread(each.Key, each.Value));
        var table = method == "CreateTable" ? TableBuilder.Read(given, arguments, expressions, frame) : null;
        var why = unknown is not null ? $"EF has no parameter `{unknown}`" : (unread.Key is null ? null : (unread.Value as Unread ?? Unread.Computed).Why) ?? table?.Why ?? Missing(method, arguments);
        return new(method == "CreateCheckConstraint" ? "AddCheckConstraint" : method, at)
        {
            Arguments = arguments,
            Clr = called is GenericNameSyntax { TypeArgumentList.Arguments: [var type, ..] } ? type.ToString() : null,
            Table = table,
            Why = why,
            Text = why is null ? "" : call.ToString(),
        };
    }

    /// <summary>The values of rows may be computed, the names of columns may not.</summary>
    private static bool IsUnread(string parameter, object? value) =>
        value is Unread || (parameter is "column" or "keyColumn" or "principalColumn" && value is Items items && items.Values.Any(each => each is not string));

    /// <summary>By parameter; where a method takes one or several, by the name of the one.</summary>
    public static Dictionary<string, object?> Bind(string[] parameters, IReadOnlyList<Argument> given, out string? unknown)
    {
        unknown = null;
        var bound = new Dictionary<string, object?>();
        for (var index = 0; index < given.Count; index++)
        {
            var name = given[index].Name is { } said ? Single(said, parameters) : index < parameters.Length ? parameters[index] : null;
            if (name is null)
            {
                unknown ??= given[index].Name ?? given[index].Expression.ToString();
                continue;
            }
            bound[name] = given[index].Value;
        }
        return bound;
    }

    private static string? Single(string name, string[] parameters) =>
        parameters.Contains(name) ? name
        : name[^1] == 's' && parameters.Contains(name[..^1]) ? name[..^1]
        : name is "columnType" or "columnTypes" or "keyColumnType" or "keyColumnTypes" ? "types"
        : null;

    private static string[] ParametersFor(string method, IReadOnlyList<Argument> given)
    {
        var standing = given.Count(argument => argument.Name is null);
        return Typed.TryGetValue(method, out var typed) && standing >= 4 && (method == "UpdateData" ? standing >= 7 : given[3].Value is not (string or null)) ? typed : Parameters[method];
    }

    /// <summary>Code in the middle of an edit.</summary>
    private static string? Missing(string method, Dictionary<string, object?> arguments) =>
        Required(method).FirstOrDefault(name => !arguments.ContainsKey(name) || arguments[name] is null) is { } missing
            ? $"it does not say its `{missing}`" : null;

    private static string[] Required(string method) => method switch
    {
        "AlterDatabase" => [],
        "Sql" => ["sql"],
        "InsertData" or "UpdateData" => ["table", "column"],
        "DeleteData" => ["table", "keyColumn"],
        "AddForeignKey" => ["table", "column", "principalTable"],
        "AddPrimaryKey" or "AddUniqueConstraint" => ["table", "column"],
        "CreateIndex" => ["name", "table", "column"],
        "AddCheckConstraint" or "CreateCheckConstraint" => ["name", "table", "sql"],
        "RenameColumn" => ["name", "table", "newName"],
        "RenameIndex" => ["name", "newName"],
        "DropPrimaryKey" => ["table"],
        "AddColumn" or "AlterColumn" or "DropColumn" or "DropForeignKey" or "DropUniqueConstraint" or "DropCheckConstraint" => ["name", "table"],
        _ => ["name"],
    };
}
