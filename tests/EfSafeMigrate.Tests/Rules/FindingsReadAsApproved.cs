using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>UPDATE_APPROVED=1 writes the files; a run that writes does not judge.</summary>
public class FindingsReadAsApproved
{
    public static TheoryData<string> Ids => [.. RuleBook.Rules.Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void Of_every_flagged_case(string id)
    {
        var rule = RuleBook.Rules.Single(each => each.Id == id);
        var text = string.Join('\n', RuleCaseRun.Of(rule).Where(@case => @case.Expected is not null).Select(@case => Text(@case, id)));
        Approval.Check($"tests/EfSafeMigrate.Tests/Rules/Approved/{id}.txt", text, "UPDATE_APPROVED");
    }

    private static string Text(RuleCase @case, string id) =>
        $"# {@case.Name}\n" + string.Concat(@case.Findings().Where(found => found.Finding.Rule == id).Select(found => FindingText.Of(found.Finding)));
}
