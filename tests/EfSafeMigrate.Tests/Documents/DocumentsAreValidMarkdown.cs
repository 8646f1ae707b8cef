using EfSafeMigrate.Documents;
using EfSafeMigrate.Tests.Reports;

namespace EfSafeMigrate.Tests.Documents;

public class DocumentsAreValidMarkdown
{
    public static TheoryData<string> Cases => [.. Dossiers.Cases.Select(each => each.Name)];

    [Theory, MemberData(nameof(Cases))]
    public void OfEveryPattern(string name)
    {
        var planCase = Dossiers.Cases.Single(each => each.Name == name);
        foreach (var dossier in new[] { Dossiers.Of(planCase), Dossiers.Connected(planCase) })
        {
            foreach (var kind in DocumentKind.All)
            {
                MarkdownLint.Objections(kind.Write(dossier)).ShouldBeEmpty($"{kind.Name} of {name}");
            }
        }
    }

    /// <summary>Names, contacts and reasons come from other people, and hold anything.</summary>
    [Fact]
    public void WhateverTheTexts()
    {
        var planCase = Dossiers.Cases[0];
        foreach (var nasty in Reviews.Nasty.Where(text => text.Trim().Length is > 0 and < 200))
        {
            var plain = Dossiers.Connected(planCase);
            var dossier = plain with
            {
                Review = plain.Review with { Project = nasty, Context = nasty },
                Settings = plain.Settings with { Contacts = new Dictionary<string, string> { [nasty] = nasty }, Rollback = new() { Flags = [nasty] }, ReleaseCommand = nasty, Verify = new Dictionary<string, string> { [nasty] = "SELECT 1" } },
                Database = plain.Database! with { Target = plain.Database.Target with { Database = nasty } },
            };
            foreach (var kind in DocumentKind.All)
            {
                MarkdownLint.Objections(kind.Write(dossier)).ShouldBeEmpty($"{kind.Name} with {nasty}");
            }
        }
    }

    [Theory]
    [InlineData("no heading\n")]
    [InlineData("# One\n\n### Three\n")]
    [InlineData("# One\ntext\n")]
    [InlineData("# One\n\n```\ncode\n```\n")]
    [InlineData("# One\n\n```sh\ncode\n")]
    [InlineData("# One\n\n| a | b |\n| --- | --- |\n| c |\n")]
    [InlineData("# One\n\ntext \n")]
    [InlineData("# One\n\ntext\n- item\n")]
    [InlineData("# One\n\n## Two\n\n## Two\n")]
    [InlineData("# One\n\ntext {{name}}\n")]
    [InlineData("# One\n\n\ntext\n")]
    public void TheLinterObjects(string page) => MarkdownLint.Objections(page).ShouldNotBeEmpty();
}
