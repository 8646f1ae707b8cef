using EfSafeMigrate.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace EfSafeMigrate.Agent;

/// <summary>EF's relational model as a <see cref="DatabaseModel"/>.</summary>
internal static class ModelReader
{
    private const string MySqlStrategy = "MySql:ValueGenerationStrategy";

    /// <param name="definition">What the provider's statement for an index says behind the table's name; null to leave that out.</param>
    public static DatabaseModel Read(IModel model, Func<ITableIndex, string?>? definition = null) =>
        new([.. model.GetRelationalModel().Tables.Where(table => !table.IsExcludedFromMigrations).Select(table => Read(table, definition))])
        {
            Enums = [.. EnumsOf(model)],
        };

    public static Column Read(IColumn column) =>
        new(column.Name, column.StoreType, column.IsNullable)
        {
            Default = DefaultOf(column.DefaultValue, column.DefaultValueSql, column.StoreTypeMapping) ?? MomentOf(column),
            ComputedSql = column.ComputedColumnSql,
            Stored = column.IsStored == true,
            // MySQL's provider gives a Guid one of its own, and says so in no other place.
            Collation = column.Collation ?? column.FindAnnotation(RelationalAnnotationNames.Collation)?.Value as string,
            Charset = CharsetOf(column.GetAnnotations()),
            Comment = column.Comment,
            Identity = IsGenerated(column.GetAnnotations()) && !IsMoment(column),
        };

    public static Default? DefaultOf(object? value, string? sql, RelationalTypeMapping? mapping) =>
        sql is { Length: > 0 } ? new Default(sql, Constant: false)
        : value is null or DBNull ? null
        : new Default(Literal(value, mapping), Constant: true);

    /// <summary>Of a time MySQL's provider says by the same annotation as of a number that the database gives it, or by nothing but that it is the row's version.</summary>
    private static Default? MomentOf(IColumn column) =>
        IsMoment(column) && (column.IsRowVersion || IsGenerated(column.GetAnnotations()) || column.FindAnnotation(MySqlStrategy)?.Value?.ToString() is "ComputedColumn")
            ? new Default($"CURRENT_TIMESTAMP{(column.StoreType.IndexOf('(', StringComparison.Ordinal) is >= 0 and var at ? column.StoreType[at..] : "")}", Constant: false) : null;

    private static bool IsMoment(IColumn column) =>
        (column.StoreType.StartsWith("datetime", StringComparison.OrdinalIgnoreCase) || column.StoreType.StartsWith("timestamp", StringComparison.OrdinalIgnoreCase))
        && (column.FindAnnotation(MySqlStrategy) is not null || (column.IsRowVersion && IsOfMySql(column.StoreTypeMapping)));

    /// <summary>With another provider the version of a row may be a time that the application writes.</summary>
    private static bool IsOfMySql(RelationalTypeMapping mapping) =>
        mapping.GetType().Assembly.GetName().Name?.Contains("MySql", StringComparison.OrdinalIgnoreCase) == true && (mapping.Converter?.ProviderClrType ?? mapping.ClrType) == typeof(DateTime);

    /// <summary>The names providers give the annotation that lets the database assign the value.</summary>
    public static bool IsGenerated(IEnumerable<Microsoft.EntityFrameworkCore.Infrastructure.IAnnotation> annotations) => annotations.Any(annotation =>
        (annotation.Name is "Sqlite:Autoincrement" or "SqlServer:Identity" && annotation.Value is not (null or false))
        || (annotation.Name is "Npgsql:ValueGenerationStrategy" or MySqlStrategy
            && annotation.Value?.ToString() is { } strategy
            && (strategy.Contains("Identity", StringComparison.Ordinal) || strategy.Contains("Serial", StringComparison.Ordinal))));

    public static string? CharsetOf(IEnumerable<Microsoft.EntityFrameworkCore.Infrastructure.IAnnotation> annotations) =>
        annotations.FirstOrDefault(annotation => annotation.Name == "MySql:CharSet")?.Value?.ToString();

    private static Table Read(ITable table, Func<ITableIndex, string?>? definition) =>
        new(new TableName(table.Schema, table.Name), [.. table.Columns.Select(Read)])
        {
            PrimaryKey = table.PrimaryKey is { } key ? new Key(key.Name, [.. key.Columns.Select(column => column.Name)]) : null,
            UniqueConstraints = [.. table.UniqueConstraints.Where(unique => !unique.GetIsPrimaryKey())
                .Select(unique => new Key(unique.Name, [.. unique.Columns.Select(column => column.Name)]))],
            ForeignKeys = [.. table.ForeignKeyConstraints.Select(Read)],
            Indexes = [.. table.Indexes.Select(index => Read(index) with { Definition = definition?.Invoke(index) })],
            Checks = [.. table.CheckConstraints.Select(check => new CheckConstraint(check.Name, check.Sql))],
            Triggers = [.. table.Triggers.Select(trigger => trigger.ModelName)],
            Comment = table.Comment,
        };

    private static ForeignKey Read(IForeignKeyConstraint foreignKey) =>
        new(foreignKey.Name,
            [.. foreignKey.Columns.Select(column => column.Name)],
            new TableName(foreignKey.PrincipalTable.Schema, foreignKey.PrincipalTable.Name),
            [.. foreignKey.PrincipalColumns.Select(column => column.Name)])
        {
            OnDelete = ReferentialActions.Sql(foreignKey.OnDeleteAction.ToString()),
        };

    private static Changes.Index Read(ITableIndex index) =>
        new(index.Name, [.. index.Columns.Select(column => column.Name)])
        {
            Unique = index.IsUnique,
            Filter = index.Filter,
            Method = index.FindAnnotation("Npgsql:IndexMethod")?.Value as string,
            Include = index.FindAnnotation("Npgsql:IndexInclude")?.Value as string[] ?? [],
        };

    private static IEnumerable<EnumType> EnumsOf(IModel model) =>
        from annotation in model.GetAnnotations()
        where annotation.Name.StartsWith("Npgsql:Enum:", StringComparison.Ordinal) && annotation.Value is string
        let name = annotation.Name["Npgsql:Enum:".Length..].Split('.')
        select new EnumType(
            name.Length > 1 ? name[0] : null, name[^1],
            ((string)annotation.Value!).Split(',', StringSplitOptions.TrimEntries));

    private static string Literal(object value, RelationalTypeMapping? mapping)
    {
        try
        {
            return mapping?.GenerateSqlLiteral(value) ?? FormattableString.Invariant($"{value}");
        }
        catch (InvalidCastException)
        {
            // A converted property's default is given in the model's type; its text is close enough to judge by.
            return FormattableString.Invariant($"{value}");
        }
    }
}
