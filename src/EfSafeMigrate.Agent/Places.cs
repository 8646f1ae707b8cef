using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent;

/// <summary>Where in a model the tables, columns and constraints of the database are.</summary>
internal static class Places
{
    public static StoreObjectIdentifier? StoreOf(IReadOnlyEntityType type) => StoreObjectIdentifier.Create(type, StoreObjectType.Table);

    public static bool IsIn(IReadOnlyEntityType type, TableName table) =>
        StoreOf(type) is { } store && store.Name == table.Name && (table.Schema is null || store.Schema == table.Schema);

    /// <summary>Every entity type that shares the table: the hierarchy, and what is owned or split into it.</summary>
    public static IEnumerable<IReadOnlyEntityType> Types(IReadOnlyModel model, TableName table) =>
        model.GetEntityTypes().Where(type => IsIn(type, table));

    /// <summary>The mapped properties of a column, each declared once.</summary>
    public static IReadOnlyList<IReadOnlyProperty> Properties(IReadOnlyModel model, TableName table, string column) =>
    [
        .. from type in Types(model, table)
           let store = StoreOf(type)!.Value
           from property in type.GetDeclaredProperties()
           where property.GetColumnName(store) == column
           select property,
    ];

    public static IReadOnlyProperty Only(IReadOnlyModel model, ModelEdit edit, string column) => Properties(model, edit.Table, column) switch
    {
        [var only] => only,
        [] => throw NoProperty(model, edit, column),
        var several => throw Refusal(
            edit, $"names the column `{column}`, to which {string.Join(" and ", several.Select(property => $"{property.DeclaringType.ShortName()}.{property.Name}"))} are mapped, so that it is open which of them keeps it"),
    };

    public static AgentException NoProperty(IReadOnlyModel model, ModelEdit edit, string column) =>
        Documents(model, edit.Table, column).FirstOrDefault() is { } owned
            ? Refusal(edit, $"names the column `{column}`, in which {owned.ShortName()} is kept as JSON, and no property of its own")
            : Refusal(edit, $"names the column `{column}`, which the model does not have");

    /// <summary>What is kept in a column as JSON.</summary>
    public static IEnumerable<IReadOnlyEntityType> Documents(IReadOnlyModel model, TableName table, string column) =>
        model.GetEntityTypes().Where(type => (string?)type[RelationalAnnotationNames.ContainerColumnName] == column && IsIn(Outermost(type), table));

    private static IReadOnlyEntityType Outermost(IReadOnlyEntityType type) =>
        type.FindOwnership() is { } ownership ? Outermost(ownership.PrincipalEntityType) : type;

    /// <summary>The entity type of the target that takes the source's property: the same one, else the table's root.</summary>
    public static IMutableEntityType Owner(IMutableModel model, IReadOnlyProperty property, ModelEdit edit)
    {
        var name = property.DeclaringType.Name;
        return Types(model, edit.Table).FirstOrDefault(type => type.Name == name) as IMutableEntityType
            ?? Types(model, edit.Table).FirstOrDefault(type => type.BaseType is null && !type.IsOwned()) as IMutableEntityType
            ?? throw Refusal(edit, "names a table the target model does not have");
    }

    /// <summary>The target's entity type for one of the source: the one of its name, else the root of its table; null when it has neither.</summary>
    public static IMutableEntityType? Same(IMutableModel model, IReadOnlyEntityType type) =>
        model.FindEntityType(type.Name)
        ?? (StoreOf(type) is { } store ? Types(model, new TableName(store.Schema, store.Name)).FirstOrDefault(other => other.BaseType is null && !other.IsOwned()) as IMutableEntityType : null);

    /// <summary>One property per column, in order, all of one entity type.</summary>
    public static IReadOnlyList<IMutableProperty> PropertiesOf(IMutableModel model, ModelEdit edit, IEnumerable<string> columns)
    {
        var found = columns.Select(column => Properties(model, edit.Table, column)).ToArray();
        var owner = Types(model, edit.Table).FirstOrDefault(type =>
            found.All(candidates => candidates.Any(property => type.GetProperties().Contains(property))));
        return owner is null
            ? throw Refusal(edit, "names columns that no single entity type of the target has")
            : [.. found.Select(candidates => (IMutableProperty)candidates.First(property => owner.GetProperties().Contains(property)))];
    }

    /// <summary>A table that has only a part of its entities' columns cannot be edited by itself.</summary>
    public static void RefuseShared(ModelEdit edit, IEnumerable<IReadOnlyEntityType> types, StoreObjectIdentifier store)
    {
        foreach (var type in types)
        {
            var others = type.GetRootType().GetDerivedTypesInclusive().Select(StoreOf).OfType<StoreObjectIdentifier>().Where(other => other != store)
                .Concat(type.GetMappingFragments(StoreObjectType.Table).Select(part => part.StoreObject)).Select(other => other.DisplayName()).Distinct().ToArray();
            if (others.Length > 0)
            {
                var mapping = type.GetMappingFragments(StoreObjectType.Table).Any() ? "SplitToTable" : type.GetRootType().GetMappingStrategy() ?? RelationalAnnotationNames.TptMappingStrategy;
                throw Refusal(edit, $"is about a table that has its entities together with {string.Join(", ", others)} ({type.GetRootType().ShortName()} is mapped by {mapping})");
            }
        }
    }

    public static AgentException Refusal(ModelEdit edit, string why) =>
        new(new Failure(FailureCode.NoPhases, $"The interim model of `{edit.Table}` cannot be built: {edit.GetType().Name} {why}."));
}
