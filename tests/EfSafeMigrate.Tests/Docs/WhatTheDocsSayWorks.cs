using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Documents;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Tests.Docs;

/// <summary>A reader can type what the documents show.</summary>
public partial class WhatTheDocsSayWorks
{
    public static TheoryData<string> Documents =>
        [.. new[] { "README.md" }.Concat(Directory.GetFiles(Path.Combine(Approval.Root, "docs"), "*.md").Select(file => Path.GetRelativePath(Approval.Root, file)))];

    [Theory, MemberData(nameof(Documents))]
    public void EveryCommandHasTheOptionsThatAreGiven(string document)
    {
        foreach (Match found in Call().Matches(Read(document)))
        {
            Check(found.Groups["call"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries), $"{document}: {found.Value}");
        }
    }

    [Fact]
    public void TheSettingsAreRead()
    {
        var blocks = Json().Matches(Read("docs/apply.md"));
        blocks.Count.ShouldBeGreaterThan(0);
        foreach (Match block in blocks)
        {
            SettingsFile.Read(block.Groups["json"].Value, Path.Combine(Approval.Root, "docs", "safe-migrate.json")).Protected.Databases.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void TheSettingsOfDriftAreRead() =>
        SettingsFile.Read(Json().Matches(Read("docs/drift.md")).ShouldHaveSingleItem().Groups["json"].Value, Path.Combine(Approval.Root, "docs", "safe-migrate.json")).RefusesDrift.ShouldBeTrue();

    [Fact]
    public void TheSettingsOfDocumentsAreRead()
    {
        var settings = SettingsFile.Read(Json().Matches(Read("docs/documents.md")).ShouldHaveSingleItem().Groups["json"].Value, Path.Combine(Approval.Root, "docs", "safe-migrate.json"));
        (settings.Contacts.Count, settings.Rollback.Flags.Count).ShouldBe((2, 1));
        settings.ReleaseCommand.ShouldNotBeNull();
    }

    [Fact]
    public void TheGatesAreRead() =>
        SettingsFile.Read(Json().Matches(Read("docs/testing-migrations.md")).ShouldHaveSingleItem().Groups["json"].Value, Path.Combine(Approval.Root, "docs", "safe-migrate.json"))
            .Gates.ShouldBe(new GateTerms { UntestedMigration = Gate.Fail, UnversionedApi = Gate.Warn });

    [Fact]
    public void EveryDocumentIsInItsPage() =>
        DocumentKind.All.ShouldAllBe(kind => Read("docs/documents.md").Contains($"| `{kind.Name}` |", StringComparison.Ordinal));

    [Fact]
    public void TheSettingsOfReviewsAreRead()
    {
        var settings = Json().Matches(Read("docs/accepting.md")).Select(block => block.Groups["json"].Value).Where(json => json.Contains("schemaVersion", StringComparison.Ordinal))
            .Select(json => SettingsFile.Read(json, Path.Combine(Approval.Root, "docs", "safe-migrate.json"))).ShouldHaveSingleItem();
        settings.Waivers.Count.ShouldBe(2);
        settings.Severities.ShouldNotBeEmpty();
    }

    [Fact]
    public void TheAgreementOnNamesIsRead() =>
        SettingsFile.Read(Json().Matches(Read("docs/reviewing.md")).ShouldHaveSingleItem().Groups["json"].Value, Path.Combine(Approval.Root, "docs", "safe-migrate.json")).Naming.Forms.Count.ShouldBe(4);

    /// <summary>Each comment that is shown is one that waives.</summary>
    [Fact]
    public void TheCommentsAreUnderstood()
    {
        var comments = Comment().Matches(Read("docs/accepting.md")).Select(found => found.Value.Trim()).ToArray();
        comments.Length.ShouldBeGreaterThan(4);
        comments.SelectMany(WaiverText.Read).ShouldAllBe(waiver => waiver.Reason != null && RuleBook.Rules.Any(rule => rule.Id == waiver.Rule));
    }

    private static void Check(string[] words, string where)
    {
        var command = Program.Build();
        foreach (var word in words.TakeWhile(word => word != "--"))
        {
            if (command.Commands.FirstOrDefault(each => each.Name == word) is { } inner)
            {
                command = inner;
            }
            else if (word.StartsWith("--", StringComparison.Ordinal))
            {
                command.GetOptions().Select(option => option.LongName).ShouldContain(word[2..], where);
            }
            else if (command.Parent is null)
            {
                word.ShouldBe("COMMAND", where);
            }
        }
    }

    private static string Read(string document) => File.ReadAllText(Path.Combine(Approval.Root, document));

    [GeneratedRegex(@"dotnet safe-migrate (?<call>[a-z][^`\n|]*)")]
    private static partial Regex Call();

    [GeneratedRegex(@"(?:--|//) safe-migrate:[^\n`]*(?=\n)|/\* safe-migrate:.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"```jsonc?\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();
}
