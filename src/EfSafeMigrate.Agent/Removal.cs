using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent;

/// <summary>Takes out of a model what a later migration brings.</summary>
internal static class Removal
{
    public static void Remove(IMutableModel model, Postpone postpone)
    {
        foreach (var type in Places.Types(model, postpone.Table).Cast<IMutableEntityType>().ToArray())
        {
            if (Removed(type, Places.StoreOf(type)!.Value, postpone))
            {
                return;
            }
        }
        throw Places.Refusal(postpone, $"names `{postpone.Name}`, which the target model does not have");
    }

    private static bool Removed(IMutableEntityType type, StoreObjectIdentifier store, Postpone postpone)
    {
        switch (postpone.What)
        {
            case Postponed.Index:
                var index = type.GetDeclaredIndexes().FirstOrDefault(found => found.GetDatabaseName(store) == postpone.Name);
                return index is not null && type.RemoveIndex(index) is not null;
            case Postponed.ForeignKey:
                var key = type.GetDeclaredForeignKeys().FirstOrDefault(found =>
                    Places.StoreOf(found.PrincipalEntityType) is { } principal && found.GetConstraintName(store, principal) == postpone.Name);
                return key is not null && (!key.IsOwnership
                    ? type.RemoveForeignKey(key) is not null
                    : throw Places.Refusal(postpone, "would separate an owned type from its owner"));
            case Postponed.Unique:
                var unique = type.GetDeclaredKeys().FirstOrDefault(found => found.GetName() == postpone.Name);
                return unique is not null && (!unique.GetReferencingForeignKeys().Any()
                    ? type.RemoveKey(unique) is not null
                    : throw Places.Refusal(postpone, "is about a key that a foreign key references"));
            case Postponed.PrimaryKey:
                return type.FindPrimaryKey() is { } primary && primary.DeclaringEntityType == type && primary.GetName() == postpone.Name && Removed(type, primary, postpone);
            case Postponed.Check:
                var check = type.GetDeclaredCheckConstraints().FirstOrDefault(found => found.GetName(store) == postpone.Name);
                return check is not null && type.RemoveCheckConstraint(check.ModelName) is not null;
            case Postponed.Column:
                var property = type.GetDeclaredProperties().FirstOrDefault(found => found.GetColumnName(store) == postpone.Name);
                return property is not null && Removed(type, property, postpone);
            default:
                throw Places.Refusal(postpone, "is an edit this agent does not know");
        }
    }

    private static bool Removed(IMutableEntityType type, IMutableKey primary, Postpone postpone)
    {
        if (primary.GetReferencingForeignKeys().Any())
        {
            throw Places.Refusal(postpone, "is about a key that a foreign key references");
        }
        type.SetPrimaryKey((IReadOnlyList<IMutableProperty>?)null);
        type.RemoveKey(primary);
        type.IsKeyless = !type.GetKeys().Any();
        return true;
    }

    private static bool Removed(IMutableEntityType type, IMutableProperty property, Postpone postpone)
    {
        if (property.IsKey())
        {
            throw Places.Refusal(postpone, "is about a column of a key");
        }
        foreach (var key in property.GetContainingForeignKeys().ToArray())
        {
            key.DeclaringEntityType.RemoveForeignKey(key);
        }
        foreach (var index in property.GetContainingIndexes().ToArray())
        {
            index.DeclaringEntityType.RemoveIndex(index);
        }
        return type.RemoveProperty(property) is not null;
    }
}
