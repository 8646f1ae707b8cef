using EfSafeMigrate.Projects;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Commands;

/// <summary>Brings together what the journal, the settings, the command line and a person say of a plan.</summary>
internal static class Consenting
{
    /// <exception cref="SafeMigrateException">The plan may not run.</exception>
    public static async Task<Agreement> ObtainAsync(
        UpdatePlan plan, Journal journal, SafeMigrateSettings settings, ConsentFlags flags, LoadedProject project, CancellationToken cancellation)
    {
        var (authors, me) = await PeopleAsync(plan, settings, project, cancellation);
        var protection = Protection.Of(plan.Target, settings.Protected, journal.Events<MarkedProtected>());
        var consent = new Consent(plan, protection, settings.Approval, flags, Terminal.Prompt, authors, me);
        return await consent.ObtainAsync([.. journal.Events<Approved>()], TimeProvider.System.GetUtcNow(), cancellation);
    }

    /// <summary>Whoever wrote the plan's migrations, and whoever is here. Git is asked only when it matters.</summary>
    public static async Task<(IReadOnlyList<Person> Authors, Person Me)> PeopleAsync(
        UpdatePlan plan, SafeMigrateSettings settings, LoadedProject project, CancellationToken cancellation)
    {
        var me = await People.MeAsync(project.Directory, cancellation);
        return (settings.Approval.ApproverIsNotAuthor ? await People.AuthorsAsync(project.Directory, plan.Migrations.Select(migration => migration.Id), cancellation) : [], me);
    }
}
