using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent;

/// <summary>A table of the source model, carried into a model that no longer has it.</summary>
internal sealed class TableCopy(IMutableModel model, IModel source)
{
    public void Keep(KeepTable keep)
    {
        var types = Places.Types(source, keep.Table).ToArray();
        if (types is not [var original])
        {
            throw Places.Refusal(keep, types.Length == 0 ? "names a table the source model does not have" : "is about a table that several entity types share");
        }
        Places.RefuseShared(keep, types, Places.StoreOf(original)!.Value);
        var copy = model.AddEntityType(FreeName(original.Name));
        PropertyCopy.Annotations(original, copy);
        copy.SetTableName(keep.Table.Name);
        var store = Places.StoreOf(original)!.Value;
        foreach (var property in original.GetDeclaredProperties())
        {
            PropertyCopy.Add(copy, property, property.Name, nullable: null);
        }
        foreach (var key in original.GetDeclaredKeys())
        {
            var properties = Of(copy, key.Properties);
            PropertyCopy.Annotations(key, key.IsPrimaryKey() ? copy.SetPrimaryKey(properties)! : copy.AddKey(properties));
        }
        foreach (var check in original.GetDeclaredCheckConstraints())
        {
            copy.AddCheckConstraint(check.ModelName, check.Sql);
        }
        foreach (var index in original.GetDeclaredIndexes())
        {
            var kept = copy.AddIndex(Of(copy, index.Properties), index.GetDatabaseName(store)!);
            kept.IsUnique = index.IsUnique;
            kept.IsDescending = index.IsDescending;
            PropertyCopy.Annotations(index, kept);
        }
        foreach (var key in original.GetDeclaredForeignKeys())
        {
            Keep(keep, copy, key, store);
        }
    }

    private void Keep(KeepTable keep, IMutableEntityType copy, IReadOnlyForeignKey key, StoreObjectIdentifier store)
    {
        var principal = key.PrincipalEntityType.Name == key.DeclaringEntityType.Name ? copy : Places.Same(model, key.PrincipalEntityType)
            ?? throw Places.Refusal(keep, "references a table the target model does not have either; keep that one first");
        var principalKey = principal.FindKey(Of(principal, key.PrincipalKey.Properties))
            ?? throw Places.Refusal(keep, "references a key the target model does not have");
        var kept = copy.AddForeignKey(Of(copy, key.Properties), principalKey, principal);
        kept.IsUnique = key.IsUnique;
        kept.DeleteBehavior = key.DeleteBehavior;
        PropertyCopy.Annotations(key, kept);
        kept.SetConstraintName(key.GetConstraintName(store, Places.StoreOf(key.PrincipalEntityType)!.Value));
    }

    private string FreeName(string name) => model.FindEntityType(name) is null ? name : $"{name}Kept";

    private static IMutableProperty[] Of(IMutableEntityType type, IReadOnlyList<IReadOnlyProperty> properties) =>
        [.. properties.Select(property => type.FindProperty(property.Name)!)];
}
