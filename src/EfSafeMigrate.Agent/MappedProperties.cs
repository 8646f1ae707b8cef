using EfSafeMigrate.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent;

/// <summary>The properties behind the columns of the model as the code has it now.</summary>
internal static class MappedProperties
{
    public static IReadOnlyList<MappedProperty> Of(DbContext context) =>
    [
        .. from table in context.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
           from column in table.Columns
           from property in column.PropertyMappings.Select(mapping => mapping.Property).Distinct()
           let holder = HolderOf(property.DeclaringType)
           select new MappedProperty(new(table.Schema, table.Name), column.Name, holder.Entity, holder.Path + property.Name),
    ];

    private static (string Entity, string Path) HolderOf(IReadOnlyTypeBase type)
    {
        if (type is IReadOnlyComplexType { ComplexProperty: var complex })
        {
            var around = HolderOf(complex.DeclaringType);
            return (around.Entity, $"{around.Path}{complex.Name}.");
        }
        if (type is IReadOnlyEntityType entity && entity.FindOwnership() is { PrincipalToDependent: { } navigation, PrincipalEntityType: var owner })
        {
            var around = HolderOf(owner);
            return (around.Entity, $"{around.Path}{navigation.Name}.");
        }
        return (type.Name, "");
    }
}
