namespace EfSafeMigrate.Tests.Engines;

/// <summary>An impact is right when it agrees with what was measured on a server.</summary>
public class LockMatrixWalk
{
    [Fact]
    public void Every_measured_postgresql_operation_agrees_or_is_listed() => Verify(LockMatrix.Postgres, measurements: 2203);

    [Fact]
    public void Every_measured_sqlite_operation_agrees_or_is_listed() => Verify(LockMatrix.Sqlite, measurements: 81);

    [Fact]
    public void Every_measured_mariadb_operation_agrees_or_is_listed() => Verify(LockMatrix.MariaDb, measurements: 173);

    private static void Verify(LockMatrix matrix, int measurements)
    {
        var verdicts = matrix.Walk();
        var listed = NotModelled.On(matrix.Engine.Id);

        verdicts.Count.ShouldBe(measurements);
        var disagree = verdicts.Where(verdict => !verdict.Agrees && !listed.ContainsKey(verdict.Measured.Op)).ToArray();
        disagree.ShouldBeEmpty(string.Join("\n", disagree.Select(verdict =>
            $"{verdict.Measured.Op} on {verdict.Version}: {string.Join("; ", verdict.Differences)}")));
        var agreeing = verdicts.GroupBy(verdict => verdict.Measured.Op).Where(op => op.All(verdict => verdict.Agrees)).Select(op => op.Key);
        agreeing.Intersect(listed.Keys).ShouldBeEmpty("operations that agree by now stand in NotModelled");
        listed.Keys.Except(verdicts.Select(verdict => verdict.Measured.Op)).ShouldBeEmpty("operations that were never measured stand in NotModelled");
    }
}
