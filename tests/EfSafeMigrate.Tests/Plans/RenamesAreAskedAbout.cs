using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Tests.Plans;

public class RenamesAreAskedAbout
{
    private static readonly TableName Places = new(null, "Places");

    /// <summary>EF 10.0.14 pairs these crosswise.</summary>
    private static readonly PlanCase Swapped = PlanCases.Named("pairs that EF swapped");

    [Fact]
    public void Every_inferred_rename_is_a_question_with_the_likeliest_name_first()
    {
        var questions = Open(Swapped, Decisions.None);
        questions.Select(question => question.Column).ShouldBe(["Street", "City"]);
        questions[0].Inferred.ShouldBe("Town");
        questions[0].Candidates.ShouldBe(["StreetLine", "Town"]);
        questions[0].Flags.ShouldBe(["--rename Places.Street=StreetLine", "--rename Places.Street=Town", "--no-rename Places.Street"]);
    }

    [Fact]
    public void An_answer_takes_its_name_from_the_other_questions()
    {
        var questions = Open(Swapped, new([PlanCase.Rename("Places", "Street", "StreetLine")], [], []));
        questions.ShouldHaveSingleItem().Candidates.ShouldBe(["Town"]);
        questions[0].Inferred.ShouldBeNull();
    }

    [Fact]
    public void Nothing_is_asked_when_all_is_answered()
    {
        Open(Swapped, Swapped.Decisions).ShouldBeEmpty();
        Open(Swapped, new([], [(Places, "Street"), (Places, "City")], [])).ShouldBeEmpty();
    }

    [Fact]
    public void A_drop_beside_an_add_of_a_like_name_is_a_question() =>
        Open(Case(""" "Name" varchar(20) """, """ "FullName" text NOT NULL """), Decisions.None)
            .ShouldHaveSingleItem().Text.ShouldBe("EF drops Places.Name and adds FullName. Is it the same data under a new name?");

    [Fact]
    public void A_drop_beside_an_add_of_another_name_is_none() => Open(Case(""" "Age" integer """, """ "Motto" text """), Decisions.None).ShouldBeEmpty();

    [Fact]
    public void Without_an_answer_there_is_no_plan()
    {
        var refused = Should.Throw<SafeMigrateException>(() => Planner.Propose("Move", Swapped.Pending, Swapped.After, PlanCase.Engine, new(15), Decisions.None));
        refused.Code.ShouldBe(ExitCode.Environment);
        refused.Next.ShouldContain("--no-rename Places.City");
    }

    [Fact]
    public void Flags_name_what_the_models_have()
    {
        var reader = new DecisionReader(Swapped.Before, Swapped.After);
        var read = reader.Read(["Places.Street=StreetLine"], ["Places.City"], ["Places.Town='none'"], ["Places.StreetLine=upper(\"Street\")", "Places.Street=lower(\"StreetLine\")"]);
        read.Renames.ShouldBe([PlanCase.Rename("Places", "Street", "StreetLine")]);
        read.Separate.ShouldBe([(Places, "City")]);
        read.Fills.ShouldBe([(Places, "Town", "'none'")]);
        read.Usings.ShouldBe([(Places, "StreetLine", "upper(\"Street\")"), (Places, "Street", "lower(\"StreetLine\")")]);
        Should.Throw<SafeMigrateException>(() => reader.Read([], [], [], ["Places.Town='x'"])).Message.ShouldBe("`--using Places.Town='x'`: Places.Town is not renamed.");
        Should.Throw<SafeMigrateException>(() => reader.Read([], [], [], ["Places.Road='x'"])).Message.ShouldBe("`--using Places.Road` names no column of the last migration.");
        Should.Throw<SafeMigrateException>(() => reader.Read(["Places.Street=Avenue"], [], [], [])).Message.ShouldBe("`--rename Places.Street=Avenue`: the new model has no column Avenue in Places.");
        Should.Throw<SafeMigrateException>(() => reader.Read([], ["Places.Road"], [], [])).Message.ShouldBe("`--no-rename Places.Road` names no column of the last migration.");
        Should.Throw<SafeMigrateException>(() => reader.Read([], [], ["Places.Town"], [])).Message.ShouldBe("`--fill Places.Town` has no value behind `=`.");
    }

    [Fact]
    public void One_migration_renames_as_decided()
    {
        var shot = OneShot.Of("Move", Swapped.Pending, Swapped.Decisions).ShouldNotBeNull();
        shot.SourceRenames.ShouldBe([new MapColumn(Places, "Street", "StreetLine"), new MapColumn(Places, "City", "Town")]);
        shot.Stages.ShouldHaveSingleItem().ShouldBeEmpty();
        var plan = shot.Bind(new([], FinalDiffEmpty: true), Swapped.Before);
        plan.Migrations[0].Up.OfType<Rename>().Select(step => ((RenameColumn)step.What).NewName).ShouldBe(["StreetLine", "Town"]);
        plan.Migrations[0].Down.OfType<Rename>().Select(step => ((RenameColumn)step.What).NewName).ShouldBe(["City", "Street"]);
    }

    [Fact]
    public void One_migration_keeps_apart_what_EF_takes_for_one()
    {
        var shot = OneShot.Of("Move", Swapped.Pending, new([PlanCase.Rename("Places", "City", "Town")], [(Places, "Street")], [])).ShouldNotBeNull();
        shot.Renames.ShouldBe([PlanCase.Rename("Places", "City", "Town")]);
        shot.Stages.Count.ShouldBe(2);
        shot.Stages[0].ShouldBe([new KeepColumn(Places, "Street")]);
    }

    [Fact]
    public void EF_s_own_migration_stands_when_its_guesses_are_right() => OneShot.Of("Move", Swapped.Pending, new(Swapped.Guessed, [], [])).ShouldBeNull();

    [Fact]
    public void A_name_is_free_before_it_is_given_again()
    {
        var chain = Case(""" "A" text, "B" text """, """ "B" text, "C" text """) with { Guessed = [] };
        OneShot.Of("Move", chain.Pending, new([PlanCase.Rename("Places", "A", "B"), PlanCase.Rename("Places", "B", "C")], [], []))
            .ShouldNotBeNull().Renames.Cast<RenameColumn>().Select(rename => rename.NewName).ShouldBe(["C", "B"]);
    }

    private static IReadOnlyList<RenameQuestion> Open(PlanCase asked, Decisions decisions) => RenameQuestions.Of(asked.Pending, asked.After, decisions);

    private static PlanCase Case(string before, string after) =>
        new("", $"""CREATE TABLE "Places" ("Id" integer NOT NULL, {before}, CONSTRAINT "PK" PRIMARY KEY ("Id"));""", $"""CREATE TABLE "Places" ("Id" integer NOT NULL, {after}, CONSTRAINT "PK" PRIMARY KEY ("Id"));""");
}
