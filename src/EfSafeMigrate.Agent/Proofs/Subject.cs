using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>An entity whose rows are written, with what EF writes and reads together with it.</summary>
internal sealed class Subject
{
    private Subject(IEntityType type, RowRules rules)
    {
        Type = type;
        Tables = [.. type.GetTableMappings().Select(mapping => mapping.Table.CommonName()).Distinct()];
        Key = [.. type.FindPrimaryKey()?.Properties ?? []];
        var key = Key.Select(property => Cell.NameIn(property, Tables[0])).ToArray();
        References = [.. Tables.SelectMany(rules.References).Where(reference => !Tables.Contains(reference.Principal) || !reference.Columns.SequenceEqual(key))];
    }

    public IEntityType Type { get; }

    public string Name => Type.ShortName();

    /// <summary>The first is the one that others refer to.</summary>
    public IReadOnlyList<string> Tables { get; }

    public string Table => Tables[0];

    public IReadOnlyList<IProperty> Key { get; }

    public IReadOnlyList<Reference> References { get; }

    public static Subject For(IEntityType type, RowRules rules) => new(type, rules);

    /// <summary>What has rows of its own, principals first.</summary>
    public static IReadOnlyList<Subject> Of(IModel model, RowRules rules)
    {
        var shared = model.GetEntityTypes().SelectMany(type => type.GetNavigations()).Where(IsPart).Select(navigation => navigation.TargetEntityType).ToHashSet();
        var waiting = model.GetEntityTypes()
            .Where(type => !type.IsOwned() && type.FindPrimaryKey() is not null && type.GetTableMappings().Any() && !shared.Contains(type) && !IsAbstract(type))
            .Select(type => new Subject(type, rules)).ToList();
        List<Subject> ordered = [];
        while (waiting.Count > 0)
        {
            // Around a circle one has to begin: the one whose references may stay empty.
            var next = waiting.Find(each => Ready(each, every: true)) ?? waiting.Find(each => Ready(each, every: false)) ?? waiting[0];
            waiting.Remove(next);
            ordered.Add(next);
        }
        return ordered;

        bool Ready(Subject subject, bool every) => subject.References.Where(reference => every || subject.IsRequired(reference))
            .All(reference => subject.Tables.Contains(reference.Principal) || !waiting.Exists(other => other.Tables.Contains(reference.Principal)));
    }

    /// <summary>What can only be read: views, queries, tables without a key.</summary>
    public static IEnumerable<IEntityType> ReadOnly(IModel model) =>
        model.GetEntityTypes().Where(type => !type.IsOwned() && !type.IsMappedToJson() && (type.FindPrimaryKey() is null || !type.GetTableMappings().Any())
            && (type.GetViewMappings().Any() || type.GetSqlQueryMappings().Any() || type.GetTableMappings().Any()));

    public bool IsRequired(Reference reference) => reference.Columns.Any(column => Find(reference.Table, column) is { IsNullable: false });

    public IProperty? Find(string table, string column) => Type.GetProperties().FirstOrDefault(property => Cell.NameIn(property, table) == column);

    /// <summary>The entity of another model that has the same rows; null when it does not know the table.</summary>
    public IEntityType? In(IModel other)
    {
        var types = other.GetEntityTypes().Where(type => !type.IsOwned() && type.FindPrimaryKey() is not null && type.GetTableMappings().Any(mapping => mapping.Table.CommonName() == Table)).ToArray();
        return Array.Find(types, type => type.Name == Type.Name)
            ?? Array.Find(types, type => type.BaseType is null && Equals(Discriminator.Value(type), Discriminator.Value(Type)))
            ?? Array.Find(types, type => type.BaseType is null);
    }

    private static bool IsAbstract(IEntityType type) => Discriminator.Of(type) is not null && Discriminator.Value(type) is null;

    /// <summary>An entity of its own that shares the row: EF reads it only when told.</summary>
    public static bool IsPart(INavigation navigation) => navigation is { IsOnDependent: false, ForeignKey.IsUnique: true } && !navigation.TargetEntityType.IsOwned()
        && navigation.ForeignKey.Properties.SequenceEqual(navigation.TargetEntityType.FindPrimaryKey()?.Properties ?? [])
        && navigation.TargetEntityType.GetTableMappings().Any(own => navigation.DeclaringEntityType.GetTableMappings().Any(other => other.Table == own.Table));
}
