using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Updates.Drifts;

/// <summary>Whose tables those are that the model does not know: the other contexts of the application say which are theirs.</summary>
internal static class ApartTables
{
    /// <summary>Opens the other contexts one after the other: nothing else is asked of the project afterwards.</summary>
    public static async Task<IReadOnlyList<ApartTable>> OwnedAsync(LoadedProject project, IReadOnlyList<ApartTable> tables, CancellationToken cancellation)
    {
        foreach (var context in project.Contexts.Where(name => name != project.Context.Context))
        {
            if (tables.All(table => table.Context is not null))
            {
                break;
            }
            var model = await ModelAsync(project, context, cancellation);
            tables = [.. tables.Select(table => table.Context is null && model.Tables.Any(each => each.Name.ToString() == table.Name || each.Name.Name == table.Name) ? table with { Context = ProjectErrors.Short(context) } : table)];
        }
        return tables;
    }

    /// <returns>Empty where the context cannot be made, or has no migration: it is another's command that says why.</returns>
    private static async Task<DatabaseModel> ModelAsync(LoadedProject project, string context, CancellationToken cancellation)
    {
        try
        {
            var opened = await project.AskAsync(new OpenRequest(context), ProtocolJson.Default.OpenResult, cancellation);
            return opened.Migrations.Count == 0 ? DatabaseModel.Empty
                : (await project.AskAsync(new ModelsRequest([opened.Migrations[^1]]), ProtocolJson.Default.ModelsResult, cancellation)).Models[0];
        }
        catch (SafeMigrateException)
        {
            return DatabaseModel.Empty;
        }
    }
}
