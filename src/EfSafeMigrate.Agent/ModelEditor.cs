using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent;

/// <summary>Edits a model by the names of the database; refuses what it cannot place without guessing.</summary>
/// <param name="source">The source model, for what is kept.</param>
internal sealed class ModelEditor(IMutableModel model, IModel source)
{
    public void Apply(ModelEdit edit)
    {
        switch (edit)
        {
            case KeepTable keep:
                new TableCopy(model, source).Keep(keep);
                break;
            case KeepColumn keep:
                Keep(keep);
                break;
            case KeepDefinition keep:
                Each(keep, keep.Column, property =>
                {
                    if (property.IsKey() || property.IsForeignKey())
                    {
                        PropertyCopy.KeepType(property, Places.Properties(source, keep.Table, keep.Column) is [var first, ..] ? first : throw Places.NoProperty(source, keep, keep.Column));
                    }
                    else
                    {
                        PropertyCopy.Replace(property, Places.Only(source, keep, keep.Column), nullable: null);
                    }
                });
                break;
            case Relax relax:
                Each(relax, relax.Column, property => PropertyCopy.Replace(property, property, nullable: true));
                break;
            case DropDefault drop:
                Each(drop, drop.Column, property =>
                {
                    property.RemoveAnnotation(RelationalAnnotationNames.DefaultValue);
                    property.RemoveAnnotation(RelationalAnnotationNames.DefaultValueSql);
                });
                break;
            case MapColumn map when Places.Documents(model, map.Table, map.Column).ToArray() is { Length: > 0 } documents:
                foreach (var document in documents)
                {
                    ((IMutableEntityType)document)[RelationalAnnotationNames.ContainerColumnName] = map.Name;
                }
                break;
            case MapColumn map:
                Each(map, map.Column, property => property.SetColumnName(map.Name));
                break;
            case MapTable map:
                TableMove.Move(model, map);
                break;
            case KeepIndex or KeepForeignKey or KeepUnique or KeepCheck or KeepPrimaryKey:
                new ObjectCopy(model, source).Keep(edit);
                break;
            case Postpone postpone:
                Removal.Remove(model, postpone);
                break;
            default:
                throw Places.Refusal(edit, "is an edit this agent does not know");
        }
    }

    private void Keep(KeepColumn keep)
    {
        var old = Places.Only(source, keep, keep.Column);
        var owner = Places.Owner(model, old, keep);
        var copy = PropertyCopy.Add(owner, old, PropertyCopy.FreeName(owner, old.Name), nullable: null);
        copy.SetColumnName(keep.Column);
        if (keep.DefaultSql is { } sql)
        {
            copy.RemoveAnnotation(RelationalAnnotationNames.DefaultValue);
            copy.SetDefaultValueSql(sql);
        }
    }

    private void Each(ModelEdit edit, string column, Action<IMutableProperty> change)
    {
        var found = Places.Properties(model, edit.Table, column).Cast<IMutableProperty>().ToArray();
        if (found.Length == 0)
        {
            throw Places.NoProperty(model, edit, column);
        }
        foreach (var property in found)
        {
            change(property);
        }
    }
}
