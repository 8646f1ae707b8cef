using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Backups;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Drifts;

/// <summary>MariaDB spells anew what it is told: that is no drift, and what other hands do to a schema is told as elsewhere.</summary>
[Collection(nameof(RepositoriesCollection))]
public sealed class DriftOnMariaDb(InstalledTool tool) : IAsyncLifetime
{
    private const string Beyond = "is there, and no applied migration makes it";
    private const string NotKept = "Views, triggers and functions are not compared with what they were: no run has kept them yet.";

    private static readonly OtherHands[] Named =
    [
        new(1, "ALTER TABLE Parts ADD `Colour \"x\"` text", $"the column Parts.Colour \"x\" {Beyond}"),
        new(1, "ALTER TABLE Parts DROP Remarks", ["the column Parts.Remarks is not there", "the index IX_Parts_Remarks on Parts is not there"]),
        new(1, "ALTER TABLE Parts MODIFY Sharp varchar(50) COLLATE utf8mb4_bin", "the column Parts.Sharp is varchar(50), and the model says varchar(40)"),
        new(1, "ALTER TABLE Parts MODIFY `Count` int unsigned", "the column Parts.Count may be NULL, and the model says that it may not"),
        new(1, "ALTER TABLE Parts ALTER Tiny SET DEFAULT 7", "the column Parts.Tiny has the default 7, and the model has none"),
        new(1, "ALTER TABLE Parts ALTER `Left` SET DEFAULT 8", "the column Parts.Left has the default 8, and the model says 7"),
        new(1, "ALTER TABLE Parts ALTER Weight DROP DEFAULT", "the column Parts.Weight has no default, and the model says 1.5"),
        new(1, "ALTER TABLE Parts ALTER Mark SET DEFAULT NULL", "the column Parts.Mark has no default, and the model says 'NULL'"),
        new(1, "ALTER TABLE Parts ALTER Name SET DEFAULT 'IT''s \\\\ ''new'''", "the column Parts.Name has the default 'IT''s \\\\ ''new''', and the model says 'it''s \\\\ ''new'''"),
        new(1, "ALTER TABLE Parts MODIFY Plain varchar(40) COLLATE utf8mb4_unicode_ci", "the column Parts.Plain has the collation utf8mb4_unicode_ci, and the model says utf8mb4_general_ci"),
        new(1, "ALTER TABLE Parts MODIFY Details longtext", "the column Parts.Details is longtext, and the model says json"),
        new(1, "ALTER TABLE Parts MODIFY Stored tinyint(4) NOT NULL DEFAULT 0", "the column Parts.Stored is tinyint(4), and the model says tinyint(1)"),
        new(1, "ALTER TABLE Parts DROP CONSTRAINT CK_Parts_Code", "the check CK_Parts_Code on Parts is not there"),
        new(1, "ALTER TABLE Shelves MODIFY Id bigint NOT NULL", "the column Shelves.Id is not numbered by the database, and the model says that it is"),
        new(1, "ALTER TABLE Shelves MODIFY Title longtext NOT NULL COMMENT 'what it''s called'", "the column Shelves.Title has the comment `what it's called`, and the model has none"),
        new(1, "ALTER TABLE Shelves COMMENT 'boards'", "the table Shelves has the comment `boards`, and the model has none"),
        new(1, "DROP INDEX IX_Parts_Name ON Parts", "the index IX_Parts_Name on Parts is not there"),
        new(1, "CREATE INDEX `by \"\"`` hand` ON Parts (`Count`)", $"the index by \"\"` hand on Parts {Beyond}"),
        new(1, "ALTER TABLE Shelves ADD CONSTRAINT once UNIQUE (AboveId)", $"the index once on Shelves {Beyond}"),
        new(1, "ALTER TABLE Moves DROP FOREIGN KEY FK_Moves_Shelves_ToId", "the foreign key FK_Moves_Shelves_ToId on Moves is not there"),
        new(1, "ALTER TABLE PartShelf ADD CONSTRAINT twice FOREIGN KEY (ShelfId) REFERENCES Shelves (Id)", $"the foreign key twice on PartShelf {Beyond}"),
        new(1, "ALTER TABLE Moves ADD CONSTRAINT positive CHECK (Number > 0)", $"the check positive on Moves {Beyond}"),
        new(1, "DROP VIEW HeavyParts", "the view HeavyParts is not there, and AddHeavyParts makes it"),
        new(1, "DROP TRIGGER PartsAreTrimmed", "the trigger PartsAreTrimmed on Parts is not there, and AddHeavyParts makes it"),
        new(1, "CREATE TRIGGER `stop` BEFORE DELETE ON Moves FOR EACH ROW SET @gone = 1", $"the trigger stop on Moves {Beyond}"),
        new(2, "DROP TABLE Moves", "the table Moves is not there"),
        new(2, "ALTER TABLE PartShelf RENAME TO partshelf_old", "the table PartShelf is not there"),
        new(2, "ALTER TABLE Parts DROP CONSTRAINT CK_Parts_Weight, ADD CONSTRAINT CK_Parts_Weight CHECK (Weight > 0 AND (Weight < 2000.50 OR Name IN ('it''s', 'big')))",
            "the check CK_Parts_Weight on Parts is `"),
        new(2, "DROP INDEX IX_Parts_Kind_Code ON Parts; CREATE INDEX IX_Parts_Kind_Code ON Parts (Kind, Code DESC)", "the index IX_Parts_Kind_Code on Parts is not unique, and the model says that it is"),
        new(2, "DROP INDEX IX_Parts_Name ON Parts; CREATE INDEX IX_Parts_Name ON Parts (Code, Name(20))", "the index IX_Parts_Name on Parts is over (Code, Name), and the model says (Name)"),
        new(2, "ALTER TABLE Parts MODIFY Old varchar(40) CHARACTER SET latin2", "the column Parts.Old has the collation latin2_general_ci, and the model has none"),
        new(2, "ALTER TABLE Parts MODIFY `Key` char(36) NOT NULL DEFAULT (UUID())", "the column Parts.Key has no collation of its own, and the model says ascii_general_ci"),
        new(2, "ALTER TABLE Parts MODIFY Seen datetime(6) NOT NULL", "the column Parts.Seen has no default, and the model says CURRENT_TIMESTAMP(6)"),
        new(2, "ALTER TABLE Parts MODIFY Twice decimal(65,30) NOT NULL", "the column Parts.Twice is not computed, and the model says that it is"),
        new(2, "ALTER TABLE Shelves DROP PRIMARY KEY, ADD PRIMARY KEY (Id, Title(10))", "the primary key of Shelves is over (Id, Title), and the model says (Id)"),
        new(3, "ALTER TABLE Moves DROP FOREIGN KEY FK_Moves_Shelves_ToId; ALTER TABLE Moves ADD CONSTRAINT FK_Moves_Shelves_ToId FOREIGN KEY (ToId) REFERENCES Shelves (Id) ON DELETE RESTRICT",
            "the foreign key FK_Moves_Shelves_ToId on Moves says ON DELETE NO ACTION, and the model says CASCADE"),
        new(3, "ALTER TABLE Parts DROP KEY AK_Parts_Code", "the unique key AK_Parts_Code on Parts is not there"),
        new(3, "ALTER TABLE Parts DROP CONSTRAINT CK_Parts_Weight, ADD CONSTRAINT CK_Parts_Weight CHECK (Weight >= 0 AND (Weight < 1000.50 OR Name IN ('it''s', 'big')))",
            "the check CK_Parts_Weight on Parts is `"),
    ];

    private readonly MariaDb database = new("drifted");
    private string project = "";

    public Task InitializeAsync() => database.CreateAsync();

    public Task DisposeAsync() => database.DropAsync();

    [Fact]
    public async Task IsToldByItsName()
    {
        project = tool.Copy("Depot");
        await PhasedSample.BuildAsync(project);
        foreach (var id in RenamedSample.Full ? new[] { "20260112093000_Initial", "20260216141500_ChangeParts", "" } : ["20260216141500_ChangeParts", ""])
        {
            await MigrateAsync(id);
            var clean = await DriftAsync();
            clean.ShouldBeClean(clean.Raw);
            clean.Notes.ShouldBe([NotKept]);
            clean.Apart.ShouldBeEmpty();
        }
        foreach (var round in Named.GroupBy(each => RenamedSample.Full ? each.Sql : $"{each.Round}"))
        {
            await database.DropAsync();
            await database.CreateAsync();
            await MigrateAsync("");
            await database.AskAsync(string.Join(";\n", round.Select(each => each.Sql)));

            var drift = await DriftAsync();

            drift.ShouldTell(round);
        }
    }

    private async Task MigrateAsync(string id)
    {
        var migrated = await Shell.RunAsync(project, "dotnet", [Path.Combine("bin", "Debug", "net10.0", "Depot.dll"), .. id.Length > 0 ? [id] : Array.Empty<string>()], environment: Environs);
        migrated.Code.ShouldBe(0, migrated.Output + migrated.Error);
    }

    private Dictionary<string, string> Environs => new() { ["DEPOT"] = database.ConnectionString };

    private async Task<DriftSeen> DriftAsync() => DriftSeen.Of(await tool.RunAsync(project, ["drift", "--no-build", "--json"], environment: Environs));
}
