using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class EnableRlsRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("without a policy", Severity.Careful, "ALTER TABLE orders ENABLE ROW LEVEL SECURITY").Saying("everybody but the owner sees no rows")
            .Cured(Deploy("CREATE POLICY p ON orders USING (true); ALTER TABLE orders ENABLE ROW LEVEL SECURITY")),
        Flagged("for the owner too", Severity.Careful, "ALTER TABLE orders FORCE ROW LEVEL SECURITY").Saying("the owner included")
            .Cured(Deploy("CREATE POLICY p ON orders USING (true); ALTER TABLE orders FORCE ROW LEVEL SECURITY")),
        Flagged("the policy is another table's", Severity.Careful, "CREATE POLICY p ON logs USING (true); ALTER TABLE orders ENABLE ROW LEVEL SECURITY")
            .Cured(new CuredForm([Deploy("CREATE POLICY p ON logs USING (true)", "CREATE POLICY p ON orders USING (true); ALTER TABLE orders ENABLE ROW LEVEL SECURITY")])),
        Flagged("the policy comes when it is committed", Severity.Careful, "ALTER TABLE orders ENABLE ROW LEVEL SECURITY", "CREATE POLICY p ON orders USING (true)")
            .Cured(Deploy("CREATE POLICY p ON orders USING (true); ALTER TABLE orders ENABLE ROW LEVEL SECURITY")),
        Allowed("the policy stands before", "CREATE POLICY p ON orders USING (true)", "ALTER TABLE orders ENABLE ROW LEVEL SECURITY"),
        Allowed("the policy follows in the transaction", "ALTER TABLE orders ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON orders USING (true)"),
        Allowed("the table is new", "CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY"),
        Allowed("switched off", "ALTER TABLE orders DISABLE ROW LEVEL SECURITY"),
    ];
}
