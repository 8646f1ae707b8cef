using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent;

/// <summary>An index taken apart while one of its properties is replaced.</summary>
internal sealed record IndexParts(
    IMutableEntityType Owner, IReadOnlyList<IMutableProperty?> Properties, string? Name, bool Unique, IReadOnlyList<bool>? Descending,
    IReadOnlyDictionary<string, object?> Annotations)
{
    /// <param name="hole">The property that is being replaced.</param>
    public static IndexParts Of(IMutableIndex index, IMutableProperty hole) =>
        new(index.DeclaringEntityType, [.. index.Properties.Select(property => property == hole ? null : property)], index.Name, index.IsUnique,
            index.IsDescending, index.GetAnnotations().ToDictionary(annotation => annotation.Name, annotation => annotation.Value));

    public void AddTo(IMutableProperty replacement)
    {
        var properties = Properties.Select(property => property ?? replacement).ToArray();
        var index = Name is null ? Owner.AddIndex(properties) : Owner.AddIndex(properties, Name);
        index.IsUnique = Unique;
        index.IsDescending = Descending;
        foreach (var (name, value) in Annotations)
        {
            index.SetAnnotation(name, value);
        }
    }
}

/// <summary>A foreign key taken apart while one of its properties is replaced.</summary>
internal sealed record ForeignKeyParts(
    IMutableEntityType Owner, IReadOnlyList<IMutableProperty?> Properties, IMutableKey PrincipalKey, IMutableEntityType Principal,
    bool Unique, bool Ownership, DeleteBehavior OnDelete, string? ToPrincipal, string? ToDependent, IReadOnlyDictionary<string, object?> Annotations)
{
    /// <param name="hole">The property that is being replaced.</param>
    public static ForeignKeyParts Of(IMutableForeignKey key, IMutableProperty hole) =>
        new(key.DeclaringEntityType, [.. key.Properties.Select(property => property == hole ? null : property)], key.PrincipalKey, key.PrincipalEntityType,
            key.IsUnique, key.IsOwnership, key.DeleteBehavior, key.DependentToPrincipal?.Name, key.PrincipalToDependent?.Name,
            key.GetAnnotations().ToDictionary(annotation => annotation.Name, annotation => annotation.Value));

    public void AddTo(IMutableProperty replacement)
    {
        var key = Owner.AddForeignKey([.. Properties.Select(property => property ?? replacement)], PrincipalKey, Principal);
        key.IsUnique = Unique;
        key.IsOwnership = Ownership;
        key.DeleteBehavior = OnDelete;
        foreach (var (name, value) in Annotations)
        {
            key.SetAnnotation(name, value);
        }
        if (ToPrincipal is not null)
        {
            key.SetDependentToPrincipal(ToPrincipal);
        }
        if (ToDependent is not null)
        {
            key.SetPrincipalToDependent(ToDependent);
        }
    }
}
