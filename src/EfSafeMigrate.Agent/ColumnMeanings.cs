using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent;

/// <summary>What the application reads each column as: a column of text may hold a date, and only some numbers are members of an enum.</summary>
internal static class ColumnMeanings
{
    public static IReadOnlyList<ColumnMeaning> Of(DbContext context) =>
        [.. context.Model.GetRelationalModel().Tables.SelectMany(table => table.Columns.Select(column => Of(table, column)).OfType<ColumnMeaning>())];

    private static ColumnMeaning? Of(ITable table, IColumn column)
    {
        IReadOnlyProperty[] properties = [.. column.PropertyMappings.Select(mapping => mapping.Property).Distinct()];
        if (properties is not [var property, ..])
        {
            return null;
        }
        var converter = property.FindTypeMapping()?.Converter;
        var own = Bare(property.ClrType);
        // A converter of the application's own may read few of the values; those of enums are known.
        object?[]? values = properties.Any(IsDiscriminator) ? [.. Discriminators(table)] : own.IsEnum ? [.. Enum.GetValues(own).Cast<object>()] : null;
        return new(new TableName(table.Schema, table.Name), column.Name, Bare(converter?.ProviderClrType ?? property.ClrType).FullName!)
        {
            Allowed = values is null ? null : [.. values.Select(value => Text(converter is null ? value : converter.ConvertToProvider(value))).OfType<string>().Distinct()],
        };
    }

    /// <summary>By the annotations, which every version has: the methods that read them have moved.</summary>
    private static bool IsDiscriminator(IReadOnlyProperty property) => Annotations(property.DeclaringType).Any(type => type.FindAnnotation("DiscriminatorProperty")?.Value as string == property.Name);

    private static IEnumerable<IReadOnlyAnnotatable> Annotations(IReadOnlyTypeBase? type)
    {
        for (; type is not null; type = (type as IReadOnlyEntityType)?.BaseType)
        {
            yield return type;
        }
    }

    private static IEnumerable<object?> Discriminators(ITable table) =>
        table.EntityTypeMappings.Select(mapping => mapping.TypeBase).Where(type => !type.ClrType.IsAbstract).Select(type => type.FindAnnotation("DiscriminatorValue")?.Value);

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>An enum without a converter is a type of the database, whose labels the database knows.</summary>
    private static string? Text(object? value) => value is null or Enum ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
}
