using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Bag = System.Collections.Generic.Dictionary<string, object?>;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>A row that is not inserted yet: bags for the entity and for what belongs to it, with every property of them.</summary>
internal sealed class Seed
{
    private readonly List<Cell> cells = [];
    private readonly List<(Bag Owner, string Navigation, object Value)> links = [];
    private readonly Bag root;

    /// <param name="sparse">Without what may be left out.</param>
    public Seed(IEntityType type, bool sparse) => root = Fill([], type, sparse, cells);

    public IReadOnlyList<Cell> Cells => cells;

    /// <summary>EF does not look for navigations in a bag when the bag is added, and takes note of those that it is told.</summary>
    public void AddTo(DbContext context, IEntityType type)
    {
        context.Set<Bag>(type.Name).Add(root);
        foreach (var (owner, navigation, value) in links)
        {
            context.Entry(owner).Navigation(navigation).CurrentValue = value;
        }
    }

    private Bag Fill(Bag bag, IEntityType type, bool sparse, List<Cell> cells)
    {
        if (Discriminator.Of(type) is { } discriminator)
        {
            bag[discriminator.Name] = Discriminator.Value(type);
        }
        // The owner's key is handed down by EF, and a document's places have no column.
        var given = type.FindOwnership() is { } ownership ? ownership.Properties.Concat(type.IsMappedToJson() ? type.FindPrimaryKey()!.Properties : []).ToHashSet() : [];
        Add(type, bag, property => !given.Contains(property), cells);
        foreach (var navigation in type.GetNavigations().Where(navigation => IsOwned(navigation) || Subject.IsPart(navigation)))
        {
            if (!sparse || (navigation.ForeignKey.IsUnique && navigation.ForeignKey.IsRequiredDependent))
            {
                Bag part = [];
                links.Add((bag, navigation.Name, navigation.ForeignKey.IsUnique ? part : new List<Bag> { part }));
                Fill(part, navigation, sparse, cells);
            }
        }
        AddComplex(type, bag, cells);
        return bag;
    }

    private void Fill(Bag part, INavigation navigation, bool sparse, List<Cell> cells)
    {
        List<Cell> own = [];
        Fill(part, navigation.TargetEntityType, sparse, own);
        // Its key is that of the row it shares.
        cells.AddRange(own.Where(cell => IsOwned(navigation) || !navigation.ForeignKey.Properties.Contains(cell.Property)));
    }

    private static void AddComplex(ITypeBase type, Bag bag, List<Cell> cells)
    {
        foreach (var complex in type.GetComplexProperties())
        {
            if (Cell.IsCollection(complex))
            {
                bag[complex.Name] = Activator.CreateInstance(complex.ClrType);
                continue;
            }
            Bag part = [];
            bag[complex.Name] = part;
            Add(complex.ComplexType, part, _ => true, cells);
            AddComplex(complex.ComplexType, part, cells);
        }
    }

    private static void Add(ITypeBase type, Bag bag, Func<IProperty, bool> which, List<Cell> cells)
    {
        foreach (var property in type.GetProperties().Where(which))
        {
            cells.Add(new Cell(property, () => bag.GetValueOrDefault(property.Name), value => bag[property.Name] = value));
        }
    }

    private static bool IsOwned(INavigation navigation) => navigation is { IsOnDependent: false, ForeignKey.IsOwnership: true };
}
