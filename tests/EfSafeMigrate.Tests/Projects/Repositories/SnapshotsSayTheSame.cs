using EfSafeMigrate.Projects.Repositories;

namespace EfSafeMigrate.Tests.Projects.Repositories;

/// <summary>What two snapshots say alike in other words is no difference.</summary>
public sealed class SnapshotsSayTheSame
{
    [Theory]
    [InlineData("b.ToTable(\"Customers\", (string)null);", true)]
    [InlineData("b.ToTable(\"Customers\", \"sales\");", false)]
    [InlineData("b.ToTable((string)null);", false)]
    public void OfATableWithoutASchema(string other, bool same)
    {
        var (one, two) = (Of("b.ToTable(\"Customers\");"), Of(other));

        (one.Beyond(two).Count == 0, two.Beyond(one).Count == 0).ShouldBe((same, same));
    }

    private static SnapshotModel Of(string table) => SnapshotModel.Of($$"""
        partial class S : ModelSnapshot
        {
            protected override void BuildModel(ModelBuilder modelBuilder)
            {
                modelBuilder.Entity("Customer", b =>
                    {
                        b.Property<int>("Id");
                        {{table}}
                    });
            }
        }
        """)!;
}
