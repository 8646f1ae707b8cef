using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropTriggerRuleCases
{
    private const string Function = "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$";
    private const string Trigger = $"{Function}; CREATE TRIGGER tr_orders BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION keep()";

    private static readonly CuredForm Form = new([Deploy("DROP TRIGGER tr_orders ON orders; DROP FUNCTION keep()")]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a trigger", Severity.Careful, "DROP TRIGGER tr_orders ON orders").After(Trigger).Saying("The trigger tr_orders of orders is dropped").Cured(Form),
        Flagged("if it exists", Severity.Careful, "DROP TRIGGER IF EXISTS tr_orders ON orders").After(Trigger).Cured(Form),
        Flagged("another engine", Severity.Careful, "DROP TRIGGER tr_orders").On(Sqlite).After("CREATE TRIGGER tr_orders AFTER INSERT ON orders BEGIN SELECT 1; END").Cured(LeftOut),
        Allowed("another takes its place", "DROP TRIGGER tr_orders ON orders; CREATE TRIGGER tr_orders2 BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION keep()").After(Trigger),
        Allowed("its function goes with it", "DROP TRIGGER tr_orders ON orders; DROP FUNCTION keep()").After(Trigger),
        Allowed("its table goes too", "DROP TRIGGER tr_logs ON logs; DROP TABLE logs").After($"{Function}; CREATE TRIGGER tr_logs BEFORE INSERT ON logs FOR EACH ROW EXECUTE FUNCTION keep()"),
        Allowed("the trigger is new", "CREATE TRIGGER tr_late BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION keep(); DROP TRIGGER tr_late ON orders").After(Function),
        Allowed("a trigger is created on another engine", "CREATE TRIGGER tr_orders AFTER INSERT ON orders BEGIN SELECT 1; END").On(Sqlite),
    ];
}
