using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>The models whose columns have to hold what is written. A column of one type in all of them is filled to its full width.</summary>
/// <param name="columns">Those that have more than one type on purpose.</param>
internal sealed class SharedRange(IReadOnlyList<IModel> models, IReadOnlyList<HeldColumn> columns)
{
    /// <summary>The same column where it has another type; nothing where all agree.</summary>
    public IReadOnlyList<IReadOnlyProperty> Others(Cell cell) =>
    [
        .. from place in cell.Columns
           where columns.Any(held => held.Column == place.Column && held.Table.ToString() == place.Table)
           from model in models
           from table in model.GetRelationalModel().Tables
           where table.SchemaQualifiedName == place.Table
           let column = table.FindColumn(place.Column)
           where column is not null && cell.Property.GetTableColumnMappings().All(mapping => mapping.Column.StoreType != column.StoreType)
           select column.PropertyMappings[0].Property,
    ];
}
