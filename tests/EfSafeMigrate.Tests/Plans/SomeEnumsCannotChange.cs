namespace EfSafeMigrate.Tests.Plans;

public class SomeEnumsCannotChange
{
    [Theory]
    [InlineData("'good', 'poor'", "'bad' goes and 'poor' comes, which EF cannot tell from a rename", "PgName(\"bad\")")]
    [InlineData("'good'", "'bad' goes, and no value can be taken out of a type", "write it no more")]
    [InlineData("'bad', 'fine', 'good'", "its values get another order (bad, fine, good)", "keep the order good, bad")]
    public void The_reason_and_a_way_are_told(string values, string why, string next)
    {
        var refused = Should.Throw<SafeMigrateException>(() => new PlanCase("", Type("'good', 'bad'"), Type(values)).Propose());
        refused.Message.ShouldStartWith($"There are no phases for the enum type mood: {why}");
        refused.Next.ShouldContain(next);
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
