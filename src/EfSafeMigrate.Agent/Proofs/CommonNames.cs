using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>One name for a table that two releases call differently: the newer one.</summary>
internal static class CommonNames
{
    private const string Annotation = "SafeMigrate:CommonName";

    /// <summary>From now on the models' tables are known by these names; without one a table keeps its own.</summary>
    public static void Give(IEnumerable<IModel> models, IReadOnlyList<MovedTable> moved)
    {
        foreach (var table in models.SelectMany(model => model.GetRelationalModel().Tables))
        {
            table.RemoveRuntimeAnnotation(Annotation);
            if (moved.FirstOrDefault(each => each.Table.Name == table.Name && each.Table.Schema == table.Schema) is { } move)
            {
                table.SetRuntimeAnnotation(Annotation, move.NewName.ToString());
            }
        }
    }

    public static string CommonName(this ITableBase table) => table.FindRuntimeAnnotationValue(Annotation) as string ?? table.SchemaQualifiedName;
}
