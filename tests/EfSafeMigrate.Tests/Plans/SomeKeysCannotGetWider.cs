namespace EfSafeMigrate.Tests.Plans;

public class SomeKeysCannotGetWider
{
    private const string Lines = """CREATE TABLE "Lines" ("Id" bigint NOT NULL, "OrderId" {0}, CONSTRAINT "PK_Lines" PRIMARY KEY ("Id"), CONSTRAINT "FK_Lines_Orders" FOREIGN KEY ("OrderId") REFERENCES "Orders" ("Id"));""";

    [Theory]
    [InlineData("""ALTER TABLE "Orders" ADD CONSTRAINT "CK_Orders" CHECK ("Id" > 0);""", "", "CK_Orders checks it")]
    [InlineData("""CREATE INDEX "IX_Orders" ON "Orders" ("Note") WHERE "Id" > 5;""", "", "IX_Orders has a filter or an expression over it")]
    [InlineData("""ALTER TABLE "Orders" ADD "Twice" bigint GENERATED ALWAYS AS ("Id" * 2) STORED;""", "", "Twice is computed from it")]
    [InlineData("", """CREATE INDEX "IX_Orders" ON "Orders" ("Id", "Note");""", "IX_Orders is on it and changes as well")]
    [InlineData("", """CREATE TABLE "More" ("OrderId" bigint NOT NULL, CONSTRAINT "PK_More" PRIMARY KEY ("OrderId"), CONSTRAINT "FK_More" FOREIGN KEY ("OrderId") REFERENCES "Orders" ("Id"));""", "FK_More is on it and changes as well")]
    public void What_stands_on_it_has_to_stay_and_to_follow(string both, string target, string why) =>
        Refused(Orders("integer") + both, Orders("bigint") + both + target).ShouldContain($"the change of Orders.Id from integer to bigint: {why}");

    [Fact]
    public void A_reference_changes_in_its_type_alone() =>
        Refused(Orders("integer") + Lines.Replace("{0}", "integer", StringComparison.Ordinal), Orders("bigint") + Lines.Replace("{0}", "bigint NOT NULL", StringComparison.Ordinal))
            .ShouldContain("the change of Lines.OrderId from integer to bigint: it changes in more than its type");

    [Fact]
    public void Nothing_gets_narrower_in_phases() =>
        Refused(Orders("bigint"), Orders("integer")).ShouldContain("cannot be split into safe phases yet");

    [Fact]
    public void A_key_of_another_kind_is_no_matter_of_width() =>
        Refused(Orders("integer"), Orders("uuid")).ShouldContain("cannot be split into safe phases yet");

    [Fact]
    public void The_contract_waits_until_every_shadow_is_filled()
    {
        var plan = PlanCases.Named("widen a key with its references").Plan();
        plan.Migrations[^1].Mark("Change").Filled.Select(spec => $"{spec.Table} {spec.Expression} {spec.Trigger is not null}")
            .ShouldBe(["Orders \"Id\" True", "Orders \"ParentId\" True", "Lines \"OrderId\" True", "Payments \"OrderId\" True"]);
        plan.Migrations.SkipLast(1).ShouldAllBe(migration => migration.Gates.Count == 0);
    }

    private static string Refused(string source, string target) =>
        Should.Throw<SafeMigrateException>(() => new PlanCase("", source, target).Plan()).Message;

    private static string Orders(string type) => $"""CREATE TABLE "Orders" ("Id" {type} NOT NULL, "Note" text, CONSTRAINT "PK_Orders" PRIMARY KEY ("Id"));""";
}
