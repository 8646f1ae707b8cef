using System.Collections;
using System.Reflection;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Tests.Changes;

/// <summary>Records as one line, exact but for what has its usual value: nothing, false, nullable, validated, in the transaction.</summary>
internal static class Shown
{
    private static readonly HashSet<string> Derived =
    [
        nameof(Change.Target), nameof(Change.TargetColumn), nameof(Change.Action), nameof(AlterColumn.ChangesType), nameof(AlterColumn.ChangesCollation),
        nameof(AlterColumn.BecomesRequired), nameof(AlterColumn.BecomesOptional),
        nameof(Change.Block), nameof(Change.Unterminated), nameof(CreateFunction.Body),
    ];

    public static string Show(this IEnumerable<Change> changes) => string.Join('\n', changes.Select(change => Of(change)));

    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => text,
        Enum or bool or int or long => value.ToString()!,
        TableName name => name.ToString(),
        Default @default => @default.Constant ? @default.Sql : $"sql {@default.Sql}",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object>().Select(Of))}]",
        _ => $"{value.GetType().Name}({string.Join("; ", Properties(value))})",
    };

    private static IEnumerable<string> Properties(object value) =>
        from property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => Position(value, property))
        where !Derived.Contains(property.Name) && (property.Name != nameof(TableChange.Table) || value is not (CreateTable or CreateView or DropView or RefreshView))
        where property.GetIndexParameters().Length == 0 && (property.Name != nameof(EfSafeMigrate.Changes.Index.Definition) || value is not EfSafeMigrate.Changes.Index)
        let part = property.GetValue(value)
        where !IsUsual(property.Name, part)
        select $"{property.Name}: {Of(part)}";

    // Positional parameters first, in their order.
    private static int Position(object value, PropertyInfo property)
    {
        var parameters = value.GetType().GetConstructors(BindingFlags.Public | BindingFlags.Instance).MaxBy(each => each.GetParameters().Length)!.GetParameters();
        var at = Array.FindIndex(parameters, parameter => parameter.Name == property.Name);
        return at < 0 ? int.MaxValue : at;
    }

    private static bool IsUsual(string name, object? part) => part switch
    {
        null => true,
        bool flag => flag == (name is "Nullable" or "Validated" or "InTransaction"),
        string text => text.Length == 0,
        TableKind kind => kind == TableKind.Table,
        Origin origin => origin with { Offset = null } == Origin.None,
        IEnumerable list => !list.GetEnumerator().MoveNext(),
        _ => false,
    };
}
