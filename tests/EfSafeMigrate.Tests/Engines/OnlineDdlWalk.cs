namespace EfSafeMigrate.Tests.Engines;

/// <summary>What both servers took with explicit clauses is what the tool says of them.</summary>
public class OnlineDdlWalk
{
    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var line in OnlineDdl.Lines)
            {
                foreach (var engine in new[] { "mariadb", "mysql" }.Where(line.WasMeasuredOn))
                {
                    rows.Add(line.Operation, engine);
                }
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void As_the_server_takes_it(string operation, string engine)
    {
        var line = OnlineDdl.Lines.Single(each => each.Operation == operation);
        var predicted = line.Predicted(engine, engine == "mysql" ? new(9, 7, 4) : new(10, 11, 19));
        (predicted == line.On(engine)).ShouldBe(!OnlineDdl.Differs.ContainsKey((operation, engine)), $"{line.Sql}: {predicted}, measured {line.On(engine)}");
    }
}
