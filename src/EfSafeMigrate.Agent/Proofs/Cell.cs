using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>One property of a row, whether the row is about to be inserted or was read.</summary>
internal sealed class Cell(IProperty property, Func<object?> get, Action<object?> set)
{
    public IProperty Property => property;

    /// <summary>Where the database keeps it: several times where an entity has several tables, and inside a document under its path.</summary>
    public IReadOnlyList<(string Table, string Column)> Columns { get; } = ColumnsOf(property);

    /// <summary>The statement will name it.</summary>
    public bool Written { get; private set; }

    public object? Value
    {
        get => get();
        set
        {
            set(value);
            Written = true;
        }
    }

    /// <summary>The database gives it another value with every update.</summary>
    public bool IsRenewed => property.ValueGenerated is ValueGenerated.OnUpdate or ValueGenerated.OnAddOrUpdate or ValueGenerated.OnUpdateSometimes;

    public bool IsIn(string table, string column) => Columns.Contains((table, column));

    public IEnumerable<ProofValue> Told(object? value)
    {
        var text = ValueText.Of(value, property.FindRelationalTypeMapping()?.StoreType.StartsWith("json", StringComparison.OrdinalIgnoreCase) == true);
        return Columns.Select(place => new ProofValue(place.Table, place.Column, text));
    }

    /// <summary>Of everything a context has read: the row and what belongs to it.</summary>
    public static IReadOnlyList<Cell> Of(ChangeTracker tracker) => [.. tracker.Entries().SelectMany(entry => Of(entry.Properties).Concat(entry.ComplexProperties.SelectMany(Of)))];

    public static string? NameIn(IProperty property, string table) =>
        property.GetTableColumnMappings().FirstOrDefault(mapping => mapping.TableMapping.Table.CommonName() == table)?.Column.Name;

    /// <summary>EF has moved the question from one interface to another.</summary>
    public static bool IsCollection(IReadOnlyComplexProperty complex) => complex.ClrType != complex.ComplexType.ClrType;

    private static IEnumerable<Cell> Of(ComplexPropertyEntry complex) =>
        IsCollection(complex.Metadata) ? [] : Of(complex.Properties).Concat(complex.ComplexProperties.SelectMany(Of));

    private static IEnumerable<Cell> Of(IEnumerable<PropertyEntry> properties) =>
        properties.Select(entry => new Cell(entry.Metadata, () => entry.CurrentValue, value => entry.CurrentValue = value));

    private static IReadOnlyList<(string, string)> ColumnsOf(IProperty property)
    {
        var mapped = property.GetTableColumnMappings().Select(mapping => (mapping.TableMapping.Table.CommonName(), mapping.Column.Name)).Distinct().ToArray();
        return mapped.Length > 0 || property.DeclaringType is not IEntityType type || !type.IsMappedToJson() || property.IsKey() ? mapped
            : [(type.GetSchemaQualifiedTableName() ?? "", $"{PathOf(type)}.{property.GetJsonPropertyName() ?? property.Name}")];
    }

    private static string PathOf(IEntityType type) => type.FindOwnership() is { PrincipalToDependent: { } navigation } owning && owning.PrincipalEntityType.IsMappedToJson()
        ? $"{PathOf(owning.PrincipalEntityType)}.{navigation.Name}" : type.FindAnnotation(RelationalAnnotationNames.ContainerColumnName)?.Value as string ?? type.ShortName();
}
