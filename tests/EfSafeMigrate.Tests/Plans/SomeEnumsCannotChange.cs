namespace EfSafeMigrate.Tests.Plans;

public class SomeEnumsCannotChange
{
    [Theory]
    [InlineData("'bad', 'good'")]
    [InlineData("'bad', 'fine', 'good'")]
    public void The_order_stays(string values)
    {
        var refused = Should.Throw<SafeMigrateException>(() => new PlanCase("", Type("'good', 'bad'"), Type(values)).Propose());
        refused.Message.ShouldStartWith("There are no phases for the enum type mood: its values get another order (bad, ");
        refused.Next.ShouldStartWith("keep the order good, bad");
        refused.Next.ShouldContain("--one-shot");
        refused.Code.ShouldBe(ExitCode.StoppedSafely);
    }

    [Theory]
    [InlineData("'good', 'fine', 'bad'")]
    [InlineData("'good', 'bad'")]
    public void Values_may_come_between_the_others(string values) =>
        new PlanCase("", Type("'good', 'bad'"), Type(values) + """CREATE TABLE "Visits" ("Mood" mood NOT NULL);""").Propose().OneShot.ShouldBe("nothing in it stops the running release");

    private static string Type(string values) => $"CREATE TYPE mood AS ENUM ({values});";
}
