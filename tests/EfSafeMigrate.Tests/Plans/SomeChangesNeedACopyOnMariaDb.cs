using EfSafeMigrate.Engines.MariaDb;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Tests.Plans;

public class SomeChangesNeedACopyOnMariaDb
{
    private const string Table = "CREATE TABLE `Orders` (`Id` bigint NOT NULL AUTO_INCREMENT, {0}, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`));";

    [Theory]
    [InlineData("`Code` int NOT NULL", "`Code` bigint NOT NULL", "Changing Orders.Code from int to bigint writes every row")]
    [InlineData("`Code` varchar(20) CHARACTER SET utf8mb4 NULL", "`Code` varchar(10) CHARACTER SET utf8mb4 NULL", "Orders.Code narrows")]
    [InlineData("`Code` varchar(40) CHARACTER SET utf8mb4 NULL", "`Code` varchar(300) CHARACTER SET utf8mb4 NULL", "Orders.Code grows from varchar(40) (160 bytes)")]
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
        Should.Throw<SafeMigrateException>(() => Case("`Code` int NOT NULL, `Note` longtext CHARACTER SET utf8mb4 NULL", "`Code` bigint NOT NULL, `Note` longtext CHARACTER SET utf8mb4 NOT NULL").Plan())
            .Message.ShouldContain("Code");

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
