using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Bag = System.Collections.Generic.Dictionary<string, object?>;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>A row that is not inserted yet: bags for the entity and for what belongs to it, and every property of them.</summary>
internal sealed record Seed(Bag Bag, IReadOnlyList<Cell> Cells)
{
    /// <param name="sparse">Without what may be left out.</param>
    public static Seed Of(IEntityType type, bool sparse)
    {
        List<Cell> cells = [];
        return new(Fill(type, sparse, cells), cells);
    }

    private static Bag Fill(IEntityType type, bool sparse, List<Cell> cells)
    {
        Bag bag = [];
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
                var part = Part(navigation, sparse, cells);
                bag[navigation.Name] = navigation.ForeignKey.IsUnique ? part : new List<Bag> { part };
            }
        }
        AddComplex(type, bag, cells);
        return bag;
    }

    private static Bag Part(INavigation navigation, bool sparse, List<Cell> cells)
    {
        if (IsOwned(navigation))
        {
            return Fill(navigation.TargetEntityType, sparse, cells);
        }
        List<Cell> own = [];
        var bag = Fill(navigation.TargetEntityType, sparse, own);
        // Its key is that of the row it shares.
        cells.AddRange(own.Where(cell => !navigation.ForeignKey.Properties.Contains(cell.Property)));
        return bag;
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
