using System.Text.Json.Nodes;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Drifts;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>The state of a project with several contexts.</summary>
public sealed class ContextsStandApart
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero);

    private static readonly ContextStatus Ordering = new("OrderingContext")
    {
        Target = "shop@db:5432",
        Status = new(RunState.Never, null) { Applied = ["20260101000000_Initial"], Pending = ["20260201000000_AddTier"], Elsewhere = ["20260102000000_Bill", "20250101000000_Old"] },
        Held = [new("Rename", Now.AddDays(-5), Written: true)],
    };

    private static readonly ContextStatus Billing = new("BillingContext") { Failure = new("`BillingContext` cannot be created: no connection.", "give one") };

    [Fact]
    public void EachHasItsBlock() => Text(Ordering, Billing).ShouldBe("""

          OrderingContext · shop@db:5432
          No run has been on this database.
          Held: Rename, whose last applied phase was 5 days ago (2026-03-05). What it
            has made for two releases stays until its contract is applied.
          1 migration applied, up to 20260101000000_Initial.
          Applied by other means:
            20260102000000_Bill
            20250101000000_Old
          Pending:
            20260201000000_AddTier
          → dotnet safe-migrate apply --context OrderingContext

          BillingContext
          `BillingContext` cannot be created: no connection.
          → give one

        """);

    [Theory]
    [InlineData(-5, "a moment")]
    [InlineData(0, "a moment")]
    [InlineData(60, "1 minute")]
    [InlineData(3599, "59 minutes")]
    [InlineData(3600, "1 hour")]
    [InlineData(172799, "47 hours")]
    [InlineData(172800, "2 days")]
    public void TheAgeOfAHeldContract(int seconds, string age) =>
        HeldText.Of(new("Rename", Now.AddSeconds(-seconds), Written: true), Now).ShouldContain($"whose last applied phase was {age} ago");

    [Fact]
    public void TheOnlyOneHasNoName()
    {
        Text(Ordering).ShouldStartWith("\n  shop@db:5432\n");
        Text(Ordering).ShouldEndWith("\n  → dotnet safe-migrate apply\n");
    }

    [Fact]
    public void WhatTheOthersHaveInTheSameHistoryIsNoSurprise() =>
        Ordering.Beside(["20260102000000_Bill"]).Status!.Elsewhere.ShouldBe(["20250101000000_Old"]);

    [Fact]
    public void ToAProgram()
    {
        var both = JsonNode.Parse(StatusReport.Json([Ordering, Billing]))!["contexts"]!.AsArray();
        (both[0]!["context"]!.GetValue<string>(), both[0]!["state"]!.GetValue<string>(), both[0]!["held"]![0]!["plan"]!.GetValue<string>()).ShouldBe(("OrderingContext", "Never", "Rename"));
        (both[1]!["context"]!.GetValue<string>(), both[1]!["next"]!.GetValue<string>()).ShouldBe(("BillingContext", "give one"));

        var one = JsonNode.Parse(StatusReport.Json([Ordering]))!;
        (one["schemaVersion"]!.GetValue<int>(), one["target"]!.GetValue<string>(), one["applied"]!.AsArray().Count).ShouldBe((1, "shop@db:5432", 1));
    }

    private static string Text(params ContextStatus[] contexts)
    {
        using var text = new StringWriter();
        StatusReport.Write(contexts, Now, UnwrappedConsole.On(text));
        return text.ToString().ReplaceLineEndings("\n");
    }
}
