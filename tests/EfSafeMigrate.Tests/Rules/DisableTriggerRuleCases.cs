using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DisableTriggerRuleCases
{
    private const string Function = "CREATE FUNCTION f_tr() RETURNS trigger LANGUAGE plpgsql AS $$ begin return new; end $$";
    private const string Trigger = "CREATE TRIGGER tr_orders BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f_tr()";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("off", Severity.Careful, "ALTER TABLE orders DISABLE TRIGGER tr_orders").After($"{Function}; {Trigger}").Saying("Switching off trigger tr_orders").Cured(LeftOut),
        Flagged("all of them", Severity.Careful, "ALTER TABLE orders DISABLE TRIGGER USER").After($"{Function}; {Trigger}").Cured(LeftOut),
        Flagged("on", Severity.Careful, "ALTER TABLE orders ENABLE TRIGGER tr_orders").After($"{Function}; {Trigger}; ALTER TABLE orders DISABLE TRIGGER tr_orders").Saying("Switching on").Cured(LeftOut),
        Allowed("the table is new", $"CREATE TABLE t (a int); CREATE TRIGGER tr_t BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f_tr(); ALTER TABLE t DISABLE TRIGGER tr_t").After(Function),
        Allowed("a rule", "ALTER TABLE orders DISABLE RULE ru").After("CREATE RULE ru AS ON DELETE TO orders DO ALSO NOTHING"),
        Allowed("dropped", "DROP TRIGGER tr_orders ON orders").After($"{Function}; {Trigger}"),
    ];
}
