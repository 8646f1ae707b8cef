using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>What tells the entities of one table apart. Read from the annotations, for EF has moved the members from one interface to another.</summary>
internal static class Discriminator
{
    public static IProperty? Of(IEntityType type) =>
        type.GetRootType().FindAnnotation("DiscriminatorProperty")?.Value is string name ? type.FindProperty(name) : null;

    /// <summary>Null where no row is of just this entity.</summary>
    public static object? Value(IEntityType type) => type.FindAnnotation("DiscriminatorValue")?.Value;
}
