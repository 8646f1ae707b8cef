using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent;

/// <summary>Indexes, keys and checks of the source model, carried into a model that no longer has them.</summary>
internal sealed class ObjectCopy(IMutableModel model, IModel source)
{
    public void Keep(ModelEdit edit)
    {
        switch (edit)
        {
            case KeepIndex keep:
                Keep(keep);
                break;
            case KeepForeignKey keep:
                Keep(keep);
                break;
            case KeepUnique keep:
                var key = Find(edit, keep.Name, type => type.GetDeclaredKeys(), (found, _) => found.GetName());
                var kept = Owner(edit).AddKey(Mapped(edit, key.Properties));
                PropertyCopy.Annotations(key, kept);
                kept.SetName(keep.Name);
                break;
            case KeepPrimaryKey keep:
                Keep(keep);
                break;
            case KeepCheck keep:
                var check = Find(edit, keep.Name, type => type.GetDeclaredCheckConstraints(), (found, store) => found.GetName(store));
                Owner(edit).AddCheckConstraint(keep.Name, check.Sql);
                break;
            default:
                throw Places.Refusal(edit, "is an edit this agent does not know");
        }
    }

    private void Keep(KeepIndex keep)
    {
        var index = Find(keep, keep.Name, type => type.GetDeclaredIndexes(), (found, store) => found.GetDatabaseName(store));
        var properties = Mapped(keep, index.Properties);
        // Named in the model as well: the target may have an index of its own over the same properties.
        var kept = ((IMutableEntityType)properties[0].DeclaringType).AddIndex(properties, keep.Name);
        kept.IsUnique = index.IsUnique;
        kept.IsDescending = index.IsDescending;
        PropertyCopy.Annotations(index, kept);
        kept.SetDatabaseName(keep.Name);
    }

    private void Keep(KeepPrimaryKey keep)
    {
        var original = Places.Types(source, keep.Table).Select(type => type.FindPrimaryKey()).FirstOrDefault(found => found is not null)
            ?? throw Places.Refusal(keep, "is about a key the source model does not have");
        var owner = Owner(keep);
        var other = owner.FindPrimaryKey();
        var kept = owner.SetPrimaryKey(Mapped(keep, original.Properties))!;
        PropertyCopy.Annotations(original, kept);
        // What was the primary key is an alternate one now.
        if (other is not null && other != kept && owner.RemoveKey(other) is null)
        {
            throw Places.Refusal(keep, "is about a key that a foreign key references");
        }
    }

    private void Keep(KeepForeignKey keep)
    {
        var key = Find(keep, keep.Name, type => type.GetDeclaredForeignKeys(), (found, store) =>
            Places.StoreOf(found.PrincipalEntityType) is { } principal ? found.GetConstraintName(store, principal) : null);
        var properties = Mapped(keep, key.Properties);
        var principal = Places.Same(model, key.PrincipalEntityType)
            ?? throw Places.Refusal(keep, "references a table the target model does not have");
        var principalProperties = key.PrincipalKey.Properties.Select(property => principal.FindProperty(property.Name)).ToArray();
        if (principalProperties.Contains(null) || principal.FindKey([.. principalProperties.OfType<IMutableProperty>()]) is not { } principalKey)
        {
            throw Places.Refusal(keep, "references a key the target model does not have");
        }
        var kept = ((IMutableEntityType)properties[0].DeclaringType).AddForeignKey(properties, principalKey, principal);
        kept.IsUnique = key.IsUnique;
        kept.DeleteBehavior = key.DeleteBehavior;
        PropertyCopy.Annotations(key, kept);
        kept.SetConstraintName(keep.Name);
    }

    private IMutableEntityType Owner(ModelEdit edit) =>
        Places.Types(model, edit.Table).FirstOrDefault(type => type.BaseType is null && !type.IsOwned()) as IMutableEntityType
        ?? throw Places.Refusal(edit, "names a table the target model does not have");

    private T Find<T>(ModelEdit edit, string name, Func<IReadOnlyEntityType, IEnumerable<T>> all, Func<T, StoreObjectIdentifier, string?> nameOf) where T : class =>
        (from type in Places.Types(source, edit.Table)
         from found in all(type)
         where nameOf(found, Places.StoreOf(type)!.Value) == name
         select found).FirstOrDefault()
        ?? throw Places.Refusal(edit, $"names `{name}`, which the source model does not have");

    private IReadOnlyList<IMutableProperty> Mapped(ModelEdit edit, IReadOnlyList<IReadOnlyProperty> properties) =>
        Places.PropertiesOf(model, edit, properties.Select(property =>
            property.GetColumnName(Places.StoreOf((IReadOnlyEntityType)property.DeclaringType)!.Value)!));
}
