namespace EfSafeMigrate.EndToEndTests.Proofs;

/// <summary>Something that goes wrong with a phase.</summary>
/// <param name="Phase">The phase's suffix.</param>
/// <param name="Sql">What is done to the schema after it.</param>
/// <param name="Found">Parts of one sentence of the verdict, behind the phase.</param>
internal sealed record Plant(string Name, string Pattern, string Phase, string Sql, params string[] Found)
{
    private const string Old = "the previous release";
    private const string New = "the new release";

    public static IReadOnlyList<Plant> All { get; } =
    [
        new("a missing view", "RenameTable", "1Expand", "DROP VIEW \"Customers\"", $"{Old} cannot insert Customer: relation \"Customers\" does not exist"),
        new("a view of some rows", "RenameTable", "1Expand", "CREATE OR REPLACE VIEW \"Customers\" AS SELECT * FROM \"Clients\" WHERE \"Phone\" IS NULL", $"{Old} cannot read Customer: the row is not there"),
        new("a view that takes no writes", "RenameTable", "1Expand", "CREATE OR REPLACE VIEW \"Customers\" AS SELECT DISTINCT * FROM \"Clients\"", $"{Old} cannot insert Customer: cannot insert into view \"Customers\""),
        new("a table dropped in expand", "DropTableAndIndex", "1Expand", "DROP TABLE \"Orders\"", $"{Old} cannot insert Order: relation \"Orders\" does not exist"),
        new("a missing trigger", "RenameOptional", "1Expand", Each("DROP TRIGGER %I ON \"Customers\""), $"{New} cannot read Customer: PhoneNumber is NULL, and {Old} wrote"),
        new("a disabled trigger", "RenameOptional", "1Expand", "ALTER TABLE \"Customers\" DISABLE TRIGGER USER", $"{Old} cannot read Customer: Phone is NULL, and {New} wrote"),
        new("a trigger from the old to the new alone", "RenameOptional", "1Expand",
            Each("DROP TRIGGER %I ON \"Customers\"") + Trigger("NEW.\"PhoneNumber\" := COALESCE(NEW.\"Phone\", NEW.\"PhoneNumber\")"), $"{Old} cannot read Customer: Phone is NULL, and {New} wrote"),
        new("a trigger from the new to the old alone", "RenameOptional", "1Expand",
            Each("DROP TRIGGER %I ON \"Customers\"") + Trigger("NEW.\"Phone\" := COALESCE(NEW.\"PhoneNumber\", NEW.\"Phone\")"), $"{New} cannot read Customer: PhoneNumber is NULL, and {Old} wrote"),
        new("a trigger on inserts alone", "RenameOptional", "1Expand",
            Each("ALTER TABLE \"Customers\" DISABLE TRIGGER %I") + Trigger("NEW.\"PhoneNumber\" := COALESCE(NEW.\"PhoneNumber\", NEW.\"Phone\"); NEW.\"Phone\" := NEW.\"PhoneNumber\"", "INSERT"),
            $"{New} cannot read Customer: PhoneNumber is `", $"and {Old} wrote"),
        new("a wrong expression in the trigger", "RenameOptional", "1Expand", Trigger("NEW.\"PhoneNumber\" := upper(NEW.\"Phone\")"), $"{New} cannot read Customer: PhoneNumber is `", $"XXX…` (30 characters), and {Old} wrote"),
        new("another value in the trigger", "AddFilled", "1Expand", Trigger("NEW.\"Segment\" := COALESCE(NEW.\"Segment\", 'other')", name: "!"), $"{Old} cannot write Customer: Segment is not what the plan fills it with"),
        new("a NOT NULL too early", "RenameOptional", "1Expand", "ALTER TABLE \"Customers\" ALTER \"PhoneNumber\" SET NOT NULL", $"{Old} cannot insert Customer: null value in column \"PhoneNumber\""),
        new("a required column that nothing fills", "AddFilled", "1Expand",
            "ALTER TABLE \"Customers\" DISABLE TRIGGER USER; ALTER TABLE \"Customers\" ALTER \"Segment\" SET NOT NULL", $"{Old} cannot insert Customer: null value in column \"Segment\""),
        new("a drop in expand", "DropColumn", "1Expand", "ALTER TABLE \"Customers\" DISABLE TRIGGER USER; ALTER TABLE \"Customers\" DROP \"Balance\"", $"{Old} cannot insert Customer: column \"Balance\""),
        new("a wrong default", "DropColumn", "1Expand", "ALTER TABLE \"Customers\" ALTER \"Balance\" SET DEFAULT 7", $"{Old} cannot read Customer: Balance is `7`, which {New} does not know, and its default is `0`"),
        new("a default that is not there", "DropColumn", "1Expand", "ALTER TABLE \"Customers\" ALTER \"Balance\" DROP DEFAULT", $"{New} cannot insert Customer: null value in column \"Balance\""),
        new("a unique index too early", "RenameOptional", "1Expand", "CREATE UNIQUE INDEX early ON \"Customers\" (\"Code\")", $"{Old} cannot insert Customer: duplicate key value violates unique constraint \"early\""),
        new("a check too early", "DropColumn", "1Expand", "ALTER TABLE \"Customers\" ADD CONSTRAINT early CHECK (\"Balance\" >= 0)", $"{Old} cannot update Customer: new row for relation \"Customers\" violates check constraint \"early\""),
        new("a foreign key too early", "RenameOptional", "1Expand",
            "ALTER TABLE \"Customers\" ADD CONSTRAINT early FOREIGN KEY (\"RegionId\") REFERENCES \"Regions\"", $"{Old} cannot insert Customer:", "violates foreign key constraint \"early\""),
        new("a narrowed column", "RenameOptional", "1Expand", "ALTER TABLE \"Customers\" ALTER \"Name\" TYPE varchar(60)", $"{Old} cannot insert Customer: value too long for type character varying(60)"),
        new("a narrowed number", "RenameOptional", "1Expand", "ALTER TABLE \"Customers\" ALTER \"Balance\" TYPE smallint", $"{Old} cannot insert Customer: smallint out of range"),
        new("a column narrowed before the contract", "ChangeTypes", "1Expand", "ALTER TABLE \"Customers\" ALTER \"Name\" TYPE varchar(80)", $"{Old} cannot insert Customer: value too long for type character varying(80)"),
        new("a shadow that does not follow", "ChangeTypes", "1Expand", Each("DROP TRIGGER %I ON \"Customers\""), $"{Old} cannot write Customer: safe_migrate_next_Customers_", "is not what the plan fills it with"),
        new("a renamed table without the old name", "RenameOptional", "1Expand", "ALTER TABLE \"Orders\" RENAME TO \"Purchases\"", $"{Old} cannot insert Order: relation \"Orders\" does not exist"),
        new("a lost identity", "RenameOptional", "1Expand", "ALTER TABLE \"Orders\" ALTER \"Id\" DROP IDENTITY", $"{Old} cannot insert Order: null value in column \"Id\""),
        new("an update that is lost", "DropColumn", "1Expand", Trigger("NEW.\"Code\" := OLD.\"Code\"", "UPDATE"), $"{Old} cannot read Customer: Code is `", $"and {Old} wrote"),
        new("a deletion that is lost", "DropColumn", "1Expand", "CREATE RULE keep AS ON DELETE TO \"Regions\" DO INSTEAD NOTHING", $"{Old} cannot delete Region:"),
        new("a constraint that is checked at the end", "RenameOptional", "1Expand",
            "ALTER TABLE \"Orders\" ADD CONSTRAINT early FOREIGN KEY (\"Id\") REFERENCES \"Regions\" DEFERRABLE INITIALLY DEFERRED", $"{Old} cannot insert Order:", "violates foreign key constraint \"early\""),
    ];

    /// <summary>In a migration of a sample that is clean, where there are no phases.</summary>
    public static IReadOnlyList<Plant> OnSqlite { get; } =
    [
        Sqlite("a dropped column", "ALTER TABLE Authors DROP COLUMN Website", $"{Old} cannot insert Author:", "no column named Website"),
        Sqlite("a renamed column", "ALTER TABLE Authors RENAME COLUMN Website TO Site", $"{New} cannot read Author:", "no such column: a.Website"),
        Sqlite("a renamed table", "ALTER TABLE Branches RENAME TO Places", $"{Old} cannot insert Branch:", "no such table: Branches"),
        Sqlite("a dropped table", "DROP TABLE Fines", $"{Old} cannot read Fine:", "no such table: Fines"),
        Sqlite("a table that is not made", "DROP TABLE ItemSubject", $"{New} cannot insert ", "no such table: ItemSubject"),
        Sqlite("a unique index too early", "CREATE UNIQUE INDEX early ON Authors (Name)", $"{Old} cannot insert Author:", "UNIQUE constraint failed: Authors.Name"),
        Sqlite("a required column that nothing fills", "ALTER TABLE Authors ADD COLUMN Rank INTEGER CHECK (Rank IS NOT NULL)", $"{Old} cannot insert Author:", "CHECK constraint failed"),
        Sqlite("a check too early", "ALTER TABLE Fines ADD COLUMN Cap INTEGER CHECK (Amount < 0)", $"{Old} cannot insert Fine:", "CHECK constraint failed"),
        Sqlite("a trigger that writes another value", "CREATE TRIGGER planted AFTER INSERT ON Authors BEGIN UPDATE Authors SET Name = lower(Name) || '!' WHERE Id = NEW.Id; END", $"{Old} cannot read Author: Name is `", $"and {Old} wrote"),
        Sqlite("an update that is lost", "CREATE TRIGGER planted AFTER UPDATE ON Authors BEGIN UPDATE Authors SET Name = OLD.Name WHERE Id = OLD.Id; END", $"{Old} cannot read Author: Name is `", $"and {Old} wrote"),
        Sqlite("a deletion that is lost", "CREATE TRIGGER planted BEFORE DELETE ON Authors BEGIN SELECT RAISE(IGNORE); END", $"{Old} cannot delete Author:"),
        Sqlite("a trigger that refuses", "CREATE TRIGGER planted BEFORE INSERT ON Members BEGIN SELECT RAISE(ABORT, 'not any more'); END", $"{Old} cannot insert Member:", "not any more"),
    ];

    public override string ToString() => Name;

    private static Plant Sqlite(string name, string sql, params string[] found) => new(name, "Library", "AddSubjects", sql, found);

    /// <summary>Fails where it is not among the sentences.</summary>
    public void ShouldBeFound(string after, EfSafeMigrate.Updates.Proofs.ProofVerdict verdict)
    {
        var sentences = verdict.Failures.Select(failure => failure.Sentence).ToArray();
        sentences.ShouldContain(
            sentence => sentence.StartsWith($"After {after} ", StringComparison.Ordinal) && Found.All(part => sentence.Contains(part, StringComparison.Ordinal)), $"{Name}\n{string.Join('\n', sentences)}");
    }

    private static string Each(string form) => $"""
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT tgname FROM pg_trigger WHERE tgrelid = '"Customers"'::regclass AND NOT tgisinternal LOOP
                EXECUTE format('{form}', name);
            END LOOP;
        END $$;
        """;

    /// <summary>Behind all others, unless its name says otherwise.</summary>
    private static string Trigger(string body, string events = "INSERT OR UPDATE", string name = "~~") => $"""
        CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $planted$ BEGIN {body}; RETURN NEW; END $planted$;
        CREATE TRIGGER "{name}" BEFORE {events} ON "Customers" FOR EACH ROW EXECUTE FUNCTION planted();
        """;
}
