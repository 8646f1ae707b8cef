using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines.MariaDb;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Plans;

public class SomeChangesNeedACopyOnMariaDb
{
    private const string Table = "CREATE TABLE `Orders` (`Id` bigint NOT NULL AUTO_INCREMENT, {0}, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`));";

    [Theory]
    [InlineData("`Code` int NOT NULL", "`Code` int NOT NULL, CONSTRAINT `CK_Code` CHECK (`Code` > 0)", "Adding the CHECK constraint CK_Code to Orders")]
    public void It_is_refused_until_someone_asks_for_a_single_migration(string before, string after, string why)
    {
        var refused = Should.Throw<SafeMigrateException>(() => Case(before, after).Plan());
        refused.Message.ShouldStartWith($"Change cannot be split into safe phases yet: {why}");
        refused.Next.ShouldContain("--one-shot");
        refused.Code.ShouldBe(ExitCode.StoppedSafely);
    }

    /// <summary>No phase that another change needs takes it along.</summary>
    [Fact]
    public void It_is_refused_beside_a_change_that_has_phases_as_well() =>
        Should.Throw<SafeMigrateException>(() => Case("`Code` int NOT NULL, `Note` longtext CHARACTER SET utf8mb4 NULL", "`Code` int NOT NULL, `Note` longtext CHARACTER SET utf8mb4 NOT NULL, CONSTRAINT `CK_Code` CHECK (`Code` > 0)").Plan())
            .Message.ShouldContain("CK_Code");

    [Theory]
    [InlineData("`Code` int NOT NULL", "`Code` decimal(10,2) NOT NULL", "the running release cannot read decimal(10,2); add a column of its own for it")]
    [InlineData("`Code` tinyint(1) NOT NULL", "`Code` int NOT NULL", "the running release cannot read int")]
    [InlineData("`Code` int NOT NULL", "`Code` int unsigned NOT NULL", "the running release cannot read int unsigned")]
    [InlineData("`Code` int NULL", "`Code` bigint NOT NULL", "it becomes required as well")]
    [InlineData("`Code` int NOT NULL, CONSTRAINT `CK_Code` CHECK (`Code` > 0)", "`Code` bigint NOT NULL, CONSTRAINT `CK_Code` CHECK (`Code` > 0)", "the check CK_Code reads it, and a check is added by a copy of the table")]
    [InlineData("`Code` int NOT NULL, `Twice` int AS (`Code` * 2)", "`Code` bigint NOT NULL, `Twice` int AS (`Code` * 2)", "Twice is computed from it")]
    [InlineData("`Code` varchar(20) CHARACTER SET latin1 NULL", "`Code` varchar(10) CHARACTER SET utf8mb4 NULL", "its character set changes as well")]
    public void A_type_that_no_column_beside_it_can_take_over_is_refused_with_the_reason(string before, string after, string why) =>
        Should.Throw<SafeMigrateException>(Case(before, after).Propose).Message.ShouldContain(why);

    /// <summary>The server makes the column of a primary key anew by a copy, and a foreign key has one type on both sides at any time.</summary>
    [Fact]
    public void A_key_does_not_get_wider_beside_traffic()
    {
        static string Of(string type) => $"CREATE TABLE `Orders` (`Id` {type} NOT NULL AUTO_INCREMENT, `N` int NULL, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`));";
        var refused = Should.Throw<SafeMigrateException>(new PlanCase("", Of("int"), Of("bigint")) { On = MariaDbEngine.Value, Version = MariaDbEngine.Value.Assumed }.Propose);
        refused.Message.ShouldContain("the change of Orders.Id from int to bigint: it is a key, whose columns MariaDB makes anew by copying the table");
        refused.Next.ShouldContain("--one-shot");
    }

    [Fact]
    public void A_column_that_references_a_key_keeps_its_type()
    {
        static string Of(string type) => $"CREATE TABLE `Names` (`Name` varchar(99) CHARACTER SET utf8mb4 NOT NULL, CONSTRAINT `PK_Names` PRIMARY KEY (`Name`)); CREATE TABLE `Orders` (`Id` int NOT NULL, `Name` {type} CHARACTER SET utf8mb4 NULL, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`), CONSTRAINT `FK_Orders_Names` FOREIGN KEY (`Name`) REFERENCES `Names` (`Name`));";
        Should.Throw<SafeMigrateException>(new PlanCase("", Of("varchar(60)"), Of("varchar(20)")) { On = MariaDbEngine.Value, Version = MariaDbEngine.Value.Assumed }.Propose)
            .Message.ShouldContain("FK_Orders_Names");
    }

    /// <summary>Whoever asks for EF's own migration gets one that the server refuses as well.</summary>
    [Theory]
    [InlineData(typeof(ChangeRefusedRule), "keep the index; or leave that change out")]
    [InlineData(typeof(AddCheckValidatingRule), "keep the index; or leave that change out; or run it again with --one-shot to get EF's own single migration")]
    public void What_the_server_refuses_is_not_offered_in_a_single_migration(Type rule, string next)
    {
        var blocking = new Finding(Severity.Dangerous, "Dropping IX stops writers.", "", Cure.Text("Keep the index"));
        PlanErrors.Dangerous("Change", [blocking, blocking with { Rule = Rule.IdOf(rule) }]).Next.ShouldBe(next);
    }

    [Fact]
    public void A_table_without_a_key_cannot_be_filled_in_batches()
    {
        var planned = new PlanCase("", "CREATE TABLE `Log` (`Line` varchar(9) CHARACTER SET utf8mb4 NOT NULL);", "CREATE TABLE `Log` (`Text` varchar(9) CHARACTER SET utf8mb4 NOT NULL);")
        {
            On = MariaDbEngine.Value, Version = MariaDbEngine.Value.Assumed, Guessed = [PlanCase.Rename("Log", "Line", "Text")],
        };
        Should.Throw<SafeMigrateException>(planned.Propose).Message.ShouldBe("There are no phases for Log.Text: its rows have to be filled in batches, and Log has no key to go over them by.");
    }

    [Fact]
    public void A_value_made_of_the_row_s_number_cannot_be_given_by_a_trigger() =>
        Should.Throw<SafeMigrateException>((Case("`Code` int NOT NULL", "`Code` int NOT NULL, `Slug` varchar(9) CHARACTER SET utf8mb4 NOT NULL") with { Decisions = new([], [], [(new(null, "Orders"), "Slug", "`Id`")]) }).Propose)
            .Message.ShouldBe("Orders.Slug cannot be filled from Id: the database numbers a new row behind the trigger that fills it.");

    /// <summary>EF sends INSERT () VALUES () then, which a view does not take.</summary>
    [Fact]
    public void A_table_whose_every_column_the_database_gives_keeps_its_name()
    {
        var renamed = new PlanCase("", "CREATE TABLE `Tickets` (`Id` int NOT NULL AUTO_INCREMENT, `At` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP, CONSTRAINT `PK_Tickets` PRIMARY KEY (`Id`));", "CREATE TABLE `Slips` (`Id` int NOT NULL AUTO_INCREMENT, `At` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP, CONSTRAINT `PK_Slips` PRIMARY KEY (`Id`));")
        {
            On = MariaDbEngine.Value, Version = MariaDbEngine.Value.Assumed, Tables = [new(new(null, "Tickets"), new(null, "Slips"))],
        };
        Should.Throw<SafeMigrateException>(renamed.Propose).Message.ShouldContain("a view takes no INSERT without a column");
    }

    /// <summary>A check under another name is another check.</summary>
    [Fact]
    public void A_check_is_not_made_anew_for_its_name() =>
        Should.Throw<SafeMigrateException>(Case("`Code` int NOT NULL, CONSTRAINT `CK_One` CHECK (`Code` > 0)", "`Code` int NOT NULL, CONSTRAINT `CK_Two` CHECK (`Code` > 0)").Propose)
            .Message.ShouldContain("MariaDB makes it anew, by reading or copying all of Orders");

    [Fact]
    public void An_index_needs_no_phases() =>
        (new PlanCase("", Table.Replace("{0}", "`Code` int NOT NULL", StringComparison.Ordinal), Table.Replace("{0}", "`Code` int NOT NULL", StringComparison.Ordinal) + "CREATE INDEX `IX` ON `Orders` (`Code`);") { On = MariaDbEngine.Value, Version = MariaDbEngine.Value.Assumed })
            .Propose().OneShot.ShouldBe("nothing in it stops the running release");

    private static PlanCase Case(string before, string after) =>
        new("", Table.Replace("{0}", before, StringComparison.Ordinal), Table.Replace("{0}", after, StringComparison.Ordinal)) { On = MariaDbEngine.Value, Version = MariaDbEngine.Value.Assumed };
}
