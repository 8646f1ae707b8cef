using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent;

/// <summary>
/// Gives a table of a model another name. EF derives the names of keys, indexes and foreign keys from the table's; they are held first, so that
/// the differ still tells which of them change.
/// </summary>
internal static class TableMove
{
    public static void Move(IMutableModel model, MapTable map)
    {
        var types = Places.Types(model, map.Table).Cast<IMutableEntityType>().ToArray();
        if (types.Length == 0)
        {
            throw Places.Refusal(map, "names a table the model does not have");
        }
        var store = Places.StoreOf(types[0])!.Value;
        Places.RefuseShared(map, types, store);
        foreach (var type in types)
        {
            Hold(type, store);
        }
        foreach (var type in types.Where(type => type.BaseType is null))
        {
            type.SetTableName(map.Name.Name);
        }
    }

    private static void Hold(IMutableEntityType type, StoreObjectIdentifier store)
    {
        foreach (var key in type.GetDeclaredKeys())
        {
            key.SetName(key.GetName(store));
        }
        foreach (var index in type.GetDeclaredIndexes())
        {
            index.SetDatabaseName(index.GetDatabaseName(store));
        }
        foreach (var key in type.GetDeclaredForeignKeys().Concat(type.GetDeclaredReferencingForeignKeys()))
        {
            // A foreign key within one table, as between an owner and what it owns, is none of the database's.
            if (Places.StoreOf(key.DeclaringEntityType) is { } dependent && Places.StoreOf(key.PrincipalEntityType) is { } principal
                && key.GetConstraintName(dependent, principal) is { } name)
            {
                key.SetConstraintName(name);
            }
        }
    }
}
