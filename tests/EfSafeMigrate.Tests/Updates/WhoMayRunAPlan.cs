using EfSafeMigrate.Projects;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Tests.Updates;

/// <summary>The policy: what a plan needs on which target, said by flags, by the journal or at a prompt.</summary>
public sealed class WhoMayRunAPlan
{
    private const string Asked = "(asked) ";

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly UpdatePlan Harmless = Plans.Of(Plans.Shop, ("AddChannel", "ALTER"));
    private static readonly UpdatePlan Destroying = Plans.Of(Plans.Shop, ("AddChannel", "ALTER"), ("DropNote", "DROP!"));
    private static readonly Protection Open = new([]);
    private static readonly Protection Production = new(["the environment `production` is protected"]);

    /// <summary>Each row: what is given, and what happens. Nobody is there to answer, as in CI.</summary>
    public static TheoryData<string, bool, bool, string, string> Table => new()
    {
        { "1 harmless, open: nothing is needed", false, false, "", "runs" },
        { "2 destroying, open: needs the migration's name", false, true, "", "exit 3: DropNote destroys data: Orders.Note is dropped with its values. Nothing was changed. → --accept-data-loss DropNote" },
        { "3 destroying, open: --yes is for a terminal", false, true, "yes", "exit 3: DropNote destroys data" },
        { "4 destroying, open, named", false, true, "loss:DropNote", "runs; Overridden data loss in 20260101000001_DropNote: --accept-data-loss" },
        { "5 harmless, protected: needs the database's name", true, false, "", "exit 3: `shop` on db.internal:5432 needs to be named: the environment `production` is protected. Nothing was changed. → --expect-database shop" },
        { "6 harmless, protected: another database", true, false, "expect:shop_copy", "exit 3: The database is `shop` on db.internal:5432, not `shop_copy`." },
        { "7 harmless, protected, named: needs an approval", true, false, "expect:shop yes", "exit 3: The plan {spoken} is not approved: the environment `production` is protected. Nothing was changed. → dotnet safe-migrate approve" },
        { "8 harmless, protected, named, approved by hash", true, false, "expect:shop approve", "runs; Approved {hash}" },
        { "9 destroying, protected, named, approved: not what destroys", true, true, "expect:shop approve yes loss:DropNote", "exit 3: DropNote destroys data, and the environment `production` is protected: Orders.Note is dropped with its values. Nothing was changed. → --approve-destructive {spoken}" },
        { "10 destroying, protected, all said with a reason", true, true, "expect:shop destructive reason:GDPR", "runs; Approved {hash} destructive; Overridden destructive steps: GDPR" },
        { "11 the reason is missing", true, true, "expect:shop destructive", "exit 2: --approve-destructive needs a reason." },
        { "12 approved is another plan", false, false, "approve:0123-4567-89ab-cdef", "exit 3: `0123-4567-89ab-cdef` is not the hash of the plan as it is now, which is {spoken}." },
        { "13 harmless as far as anybody knows, open, named", false, false, "loss:AddChannel", "runs; Overridden data loss in 20260101000000_AddChannel: --accept-data-loss" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task WithoutATerminal(string what, bool isProtected, bool destroys, string given, string outcome)
    {
        var plan = destroys ? Destroying : Harmless;
        var expected = outcome.Replace("{hash}", plan.Hash, StringComparison.Ordinal).Replace("{spoken}", Digest.Spoken(plan.Hash), StringComparison.Ordinal);
        (await OutcomeAsync(plan, isProtected ? Production : Open, Flags(given, plan), prompt: null)).ShouldStartWith(expected, customMessage: what);
    }

    [Fact]
    public async Task AtATerminalEverythingIsTyped()
    {
        List<string> questions = [];
        var outcome = await OutcomeAsync(Destroying, Production, new(), Answering(questions, "shop", Digest.Spoken(Destroying.Hash), Consent.DestructivePhrase));
        outcome.ShouldBe($"runs; Approved {Destroying.Hash}; Overridden destructive steps: the phrase was typed");
        questions.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("shopp")]
    [InlineData("shop", "0000-0000-0000-0000")]
    [InlineData("shop", "{spoken}", "execute destructive migrations")]
    [InlineData("shop", "{spoken}", "yes")]
    [InlineData("shop", "")]
    public async Task AWrongAnswerRefuses(params string[] answers)
    {
        var typed = answers.Select(answer => answer.Replace("{spoken}", Digest.Spoken(Destroying.Hash), StringComparison.Ordinal)).ToArray();
        (await OutcomeAsync(Destroying, Production, new(), Answering([], typed))).ShouldStartWith("exit 3: ");
    }

    [Theory]
    [InlineData("y", "runs; Overridden data loss in 20260101000001_DropNote: yes at the prompt")]
    [InlineData("n", "exit 3: DropNote destroys data, and nobody said yes.")]
    [InlineData("", "exit 3: DropNote destroys data, and nobody said yes.")]
    public async Task WhereNothingIsProtectedAYesIsEnough(string answer, string outcome) =>
        (await OutcomeAsync(Destroying, Open, new(), Answering([], answer))).ShouldStartWith(outcome);

    [Fact]
    public async Task YesAnswersAtATerminalOnlyWhereNothingIsProtected()
    {
        (await OutcomeAsync(Destroying, Open, new() { Yes = true }, Answering([]))).ShouldBe("runs; Overridden data loss in 20260101000001_DropNote: --yes");
        List<string> questions = [];
        (await OutcomeAsync(Destroying, Production, new() { Yes = true, ExpectDatabase = "shop", Approve = Destroying.Hash }, Answering(questions, "no"))).ShouldStartWith("exit 3: The phrase was not typed");
        questions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AnApprovalInTheJournalStandsForTheHash()
    {
        var approved = ApprovalHolds.Of(Destroying, Now) with { Destructive = true };
        (await OutcomeAsync(Destroying, Production, new() { ExpectDatabase = "shop" }, null, approved)).ShouldBe("runs");
        (await OutcomeAsync(Destroying, Production, new() { ExpectDatabase = "shop" }, null, approved with { Destructive = false })).ShouldStartWith("exit 3: DropNote destroys data");
    }

    [Fact]
    public async Task AnExpiredApprovalIsNotRevivedByItsHash()
    {
        var approved = ApprovalHolds.Of(Harmless, Now) with { Expires = Now.AddMinutes(-1) };
        (await OutcomeAsync(Harmless, Production, new() { ExpectDatabase = "shop", Approve = Harmless.Hash }, null, approved)).ShouldContain("was approved until 2026-01-02 09:59:00 UTC; that is over.");
    }

    [Theory]
    [InlineData("Production", "db:1", "shop", "the environment `Production` is protected")]
    [InlineData(null, "db.live:5432", "shop", "servers like `*.live` are protected")]
    [InlineData("Staging", "db:1", "shop_live", "databases like `*_live` are protected")]
    [InlineData("Staging", "db:1", "shop", null)]
    [InlineData(null, "db:1", "shop", null)]
    public void OneReasonProtects(string? environment, string server, string database, string? why)
    {
        var settings = new ProtectedTargets { Servers = ["*.live"], Databases = ["*_live"] };
        Protection.Of(new Target(server, database, "", "f") { Environment = environment }, settings, []).Reasons.Take(1).ShouldBe(why is null ? [] : [why]);
    }

    [Fact]
    public void TheJournalsMarkProtectsWhateverTheNameIs() =>
        Protection.Of(Plans.Shop, new ProtectedTargets { Environments = [] }, [new MarkedProtected("customers' data")]).Why.ShouldBe("its journal marks it as protected (customers' data)");

    [Fact]
    public void AnEnvironmentThatNobodySetIsDevelopment() =>
        Protection.Of(Plans.Shop, new ProtectedTargets { Environments = ["development"] }, []).Why.ShouldBe($"the environment `{HostEnvironment.Default}` is protected");

    /// <summary>Rows that go although no statement names their table: what is said for it by name, or by whoever may destroy.</summary>
    [Theory]
    [InlineData(false, "", "nobody", "--accept-data-loss AddChannel")]
    [InlineData(false, "loss:AddChannel", "AddChannel", "--accept-data-loss AddChannel")]
    [InlineData(false, "destructive reason:GDPR", "AddChannel, AddNote", "--accept-data-loss AddChannel")]
    [InlineData(true, "expect:shop approve loss:AddChannel", "nobody", "--approve-destructive {spoken} --reason \"…\"")]
    [InlineData(true, "expect:shop destructive reason:GDPR", "AddChannel, AddNote", "--approve-destructive {spoken} --reason \"…\"")]
    public async Task LossesThatNobodyForesaw(bool isProtected, string given, string accepted, string how)
    {
        var plan = Plans.Of(Plans.Shop, ("AddChannel", "ALTER"), ("AddNote", "ALTER"));
        var agreed = await ObtainAsync(plan, isProtected ? Production : Open, Flags(given, plan), prompt: null);
        string.Join(", ", plan.Migrations.Where(agreed.AcceptsLossIn).Select(migration => migration.Name).DefaultIfEmpty("nobody")).ShouldBe(accepted);
        agreed.HowToAcceptLossIn(plan.Migrations[0]).ShouldBe(how.Replace("{spoken}", Digest.Spoken(plan.Hash), StringComparison.Ordinal));
    }

    [Fact]
    public async Task ADestructiveApprovalOrTheTypedPhraseAcceptsLosses()
    {
        var approved = ApprovalHolds.Of(Harmless, Now) with { Destructive = true };
        (await ObtainAsync(Harmless, Production, new() { ExpectDatabase = "shop" }, null, approved)).AcceptsLossIn(Harmless.Migrations[0]).ShouldBeTrue();
        (await ObtainAsync(Harmless, Production, new() { ExpectDatabase = "shop" }, null, approved with { Destructive = false })).AcceptsLossIn(Harmless.Migrations[0]).ShouldBeFalse();
        (await ObtainAsync(Destroying, Production, new(), Answering([], "shop", Digest.Spoken(Destroying.Hash), Consent.DestructivePhrase))).AcceptsLossIn(Destroying.Migrations[0]).ShouldBeTrue();
        (await ObtainAsync(Destroying, Open, new(), Answering([], "y"))).AcceptsLossIn(Destroying.Migrations[0]).ShouldBeFalse();
        (await ObtainAsync(Destroying, Open, new(), Answering([], "y"))).AcceptsLossIn(Destroying.Migrations[1]).ShouldBeTrue();
    }

    private static Task<Agreement> ObtainAsync(UpdatePlan plan, Protection protection, ConsentFlags flags, Prompt? prompt, params Approved[] earlier) =>
        new Consent(plan, protection, new ApprovalSettings(), flags, prompt, [], new Person("ann", null)).ObtainAsync(earlier, Now, CancellationToken.None);

    private static async Task<string> OutcomeAsync(UpdatePlan plan, Protection protection, ConsentFlags flags, Prompt? prompt, params Approved[] earlier)
    {
        try
        {
            var agreed = await ObtainAsync(plan, protection, flags, prompt, earlier);
            return string.Join("; ", agreed.Events.Select(Spoken).Prepend("runs"));
        }
        catch (SafeMigrateException refused)
        {
            return $"exit {refused.Code}: {refused.Message} → {refused.Next}";
        }
    }

    private static string Spoken(RunEvent happened) => happened switch
    {
        Approved approved => $"Approved {approved.PlanHash}{(approved.Destructive ? " destructive" : "")}",
        Overridden overridden => $"Overridden {overridden.Safeguard}: {overridden.Reason}",
        _ => happened.GetType().Name,
    };

    private static Prompt Answering(List<string> questions, params string[] answers) => (question, _) =>
    {
        questions.Add(Asked + question);
        return Task.FromResult<string?>(answers[questions.Count - 1]);
    };

    private static ConsentFlags Flags(string given, UpdatePlan plan)
    {
        var flags = new ConsentFlags();
        foreach (var word in given.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var value = word[(word.IndexOf(':', StringComparison.Ordinal) + 1)..];
            flags = word.Split(':')[0] switch
            {
                "yes" => flags with { Yes = true },
                "expect" => flags with { ExpectDatabase = value },
                "loss" => flags with { AcceptDataLoss = [value] },
                "approve" => flags with { Approve = value == "approve" ? Digest.Spoken(plan.Hash) : value },
                "destructive" => flags with { ApproveDestructive = plan.Hash },
                "reason" => flags with { Reason = value },
                _ => throw new ArgumentException(word, nameof(given)),
            };
        }
        return flags;
    }
}
