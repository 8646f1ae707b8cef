using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>Gives the properties of a row their values: what is unique anew, what refers to another row that row's, the rest by type.</summary>
internal sealed class Filling(MadeUp made, RowRules rules, SharedRange range, IReadOnlyList<Row> rows)
{
    private readonly Dictionary<(string, string), object?> shared = [];

    /// <exception cref="NotTriedException">A value or a row to refer to is missing.</exception>
    public void Insert(Subject subject, RowKind kind, IReadOnlyList<Cell> cells)
    {
        foreach (var cell in cells.Where(cell => !LeavesToOthers(cell.Property, kind) && !IsReference(subject.References, cell)))
        {
            var (property, place) = (cell.Property, cell.Columns.Count > 0 ? cell.Columns[0] : (cell.Property.DeclaringType.Name, cell.Property.Name));
            if (kind == RowKind.Sparse && property.IsNullable)
            {
                cell.Value = null;
            }
            else if (kind == RowKind.Twin && shared.TryGetValue(place, out var same) && !IsUnique(cell))
            {
                cell.Value = same;
            }
            else if (made.Value(property, small: false, range.Others(cell)) is { } value)
            {
                cell.Value = value;
                shared[place] = kind == RowKind.Full ? value : shared.GetValueOrDefault(place);
            }
            else if (!property.IsNullable)
            {
                throw new NotTriedException($"no value is known for {property.Name} of type {property.FindRelationalTypeMapping()?.StoreType ?? property.ClrType.Name}");
            }
        }
        foreach (var reference in subject.References)
        {
            Refer(subject, kind, cells, reference, empty: kind == RowKind.Sparse);
        }
    }

    /// <param name="clear">What may be NULL becomes NULL, and the rest stays.</param>
    public void Update(Subject subject, RowKind kind, IReadOnlyList<Cell> cells, bool small, bool clear)
    {
        foreach (var cell in cells.Where(cell => MayChange(cell.Property) && !IsReference(subject.References, cell) && (!clear || cell.Property.IsNullable)))
        {
            cell.Value = clear ? null : made.Value(cell.Property, small, range.Others(cell)) ?? cell.Value;
        }
        foreach (var reference in subject.References.Where(reference => reference.Columns.All(column => cells.Where(cell => cell.IsIn(reference.Table, column)).All(cell => MayChange(cell.Property) && !IsUnique(cell)))))
        {
            Refer(subject, kind == RowKind.Sparse ? RowKind.Full : kind, cells, reference, empty: clear);
        }
    }

    private void Refer(Subject subject, RowKind kind, IReadOnlyList<Cell> cells, Reference reference, bool empty)
    {
        var own = reference.Columns.Select(column => cells.FirstOrDefault(cell => cell.IsIn(reference.Table, column))).ToArray();
        if (Array.Exists(own, cell => cell is null || LeavesToOthers(cell.Property, RowKind.Full)))
        {
            return;
        }
        var optional = own.Any(cell => cell!.Property.IsNullable);
        var principals = rows.Where(row => !row.Deleted && row.Subject.Tables.Contains(reference.Principal)).ToArray();
        var principal = empty && optional ? null
            : principals.FirstOrDefault(row => row.Kind == (kind == RowKind.Twin && !own.Any(cell => IsUnique(cell!)) ? RowKind.Full : kind)) ?? principals.FirstOrDefault();
        if (principal is null && !optional)
        {
            throw new NotTriedException($"there is no row of {reference.Principal} to refer to");
        }
        foreach (var (cell, column) in own.Zip(reference.PrincipalColumns))
        {
            if (principal is not null || cell!.Property.IsNullable)
            {
                cell!.Value = principal is null ? null : Converted(principal.Values.GetValueOrDefault((reference.Principal, column)), cell.Property);
            }
        }
    }

    public static object? Converted(object? value, IReadOnlyProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return value is null || type.IsInstanceOfType(value) ? value : Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture);
    }

    private bool IsUnique(Cell cell) => cell.Property.IsKey()
        || cell.Columns.Any(place => rules.Unique(place.Table).Any(columns => columns.Contains(place.Column)));

    private static bool IsReference(IEnumerable<Reference> references, Cell cell) =>
        references.Any(reference => reference.Columns.Any(column => cell.IsIn(reference.Table, column)));

    /// <summary>The database or EF assigns it; a default is left to the row that has nothing but what it needs.</summary>
    private static bool LeavesToOthers(IProperty property, RowKind kind) =>
        IsDiscriminator(property) || property.GetBeforeSaveBehavior() != PropertySaveBehavior.Save || property.GetComputedColumnSql() is not null
        || (property.ValueGenerated == ValueGenerated.OnAdd && (property.IsKey() || kind == RowKind.Sparse || IsNumbered(property)))
        || property.ValueGenerated is ValueGenerated.OnUpdate or ValueGenerated.OnAddOrUpdate or ValueGenerated.OnUpdateSometimes;

    /// <summary>By an identity or a sequence, which may refuse a value of somebody else's.</summary>
    private static bool IsNumbered(IProperty property) =>
        property.GetAnnotations().Any(annotation => annotation.Name.EndsWith(":ValueGenerationStrategy", StringComparison.Ordinal) && annotation.Value?.ToString() is not (null or "None"));

    private static bool MayChange(IProperty property) =>
        !property.IsKey() && !IsDiscriminator(property) && property.GetAfterSaveBehavior() == PropertySaveBehavior.Save && property.GetComputedColumnSql() is null
        && !IsNumbered(property) && property.ValueGenerated is ValueGenerated.Never or ValueGenerated.OnAdd;

    private static bool IsDiscriminator(IProperty property) => property.DeclaringType is IEntityType type && Discriminator.Of(type) == property;
}
