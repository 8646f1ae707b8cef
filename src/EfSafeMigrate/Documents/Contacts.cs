using EfSafeMigrate.Reports;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Documents;

/// <summary>Who is told, and how they are reached.</summary>
internal static class Contacts
{
    public static string Of(SafeMigrateSettings settings) => settings.Contacts.Count == 0
        ? Page.Text($"Nobody is named: {Markdown.Code("contacts")} in {Markdown.Code(SettingsFile.Name)} says who is told, and how.")
        : Page.Table(["who", "how"], settings.Contacts.Select(contact => (IReadOnlyList<string>)[Markdown.Text(contact.Key), Markdown.Text(contact.Value)]));
}
