namespace EfSafeMigrate.Projects.Source;

/// <summary>An entity type as a Designer declares it.</summary>
internal sealed class EntityNode(string name)
{
    public string Name => name;
    public string? BaseType { get; set; }

    /// <summary>Null where nothing was said.</summary>
    public string? Table { get; set; }
    public string? Schema { get; set; }

    /// <summary>It has no table: a view, a query, or the base of types with tables of their own.</summary>
    public bool NoTable { get; set; }
    public bool Excluded { get; set; }

    /// <summary><c>UseTptMappingStrategy</c> or <c>UseTpcMappingStrategy</c>.</summary>
    public string? Strategy { get; set; }

    /// <summary>The column that holds it as a document.</summary>
    public string? JsonColumn { get; set; }
    public string? JsonType { get; set; }
    public EntityNode? Owner { get; set; }
    public string? OwnerNavigation { get; set; }
    public bool OwnedMany { get; set; }
    public ForeignKeyNode? Ownership { get; set; }
    public Dictionary<string, PropertyNode> Properties { get; } = [];
    public KeyNode? Key { get; set; }
    public bool HasNoKey { get; set; }
    public List<KeyNode> AlternateKeys { get; } = [];
    public List<IndexNode> Indexes { get; } = [];
    public List<ForeignKeyNode> ForeignKeys { get; } = [];
    public List<(string Name, string Sql)> Checks { get; } = [];
    public List<string> Triggers { get; } = [];
    public List<EntityNode> Owned { get; } = [];
    public HashSet<string> RequiredNavigations { get; } = [];
}

/// <param name="Name">Within its entity; a complex property's parts stand behind dots.</param>
/// <param name="Clr">As C# writes it.</param>
internal sealed class PropertyNode(string name, string clr)
{
    public string Name => name;
    public string Clr => clr;
    public string? Column { get; set; }
    public string? Type { get; set; }
    public bool Required { get; set; }
    public int? MaxLength { get; set; }
    public int? Precision { get; set; }
    public int? Scale { get; set; }
    public bool FixedLength { get; set; }
    public bool? Unicode { get; set; }
    public bool RowVersion { get; set; }
    public bool GeneratedOnAdd { get; set; }
    public bool Converted { get; set; }
    public object? Default { get; set; }
    public string? DefaultSql { get; set; }
    public string? ComputedSql { get; set; }
    public bool Stored { get; set; }
    public string? Collation { get; set; }
    public string? Comment { get; set; }

    public Dictionary<string, object?> Annotations { get; } = [];
}

internal sealed record KeyNode(IReadOnlyList<string> Properties)
{
    public string? Name { get; set; }
}

internal sealed record IndexNode(IReadOnlyList<string> Properties)
{
    public string? Name { get; set; }
    public bool Unique { get; set; }
    public string? Filter { get; set; }
    public Dictionary<string, object?> Annotations { get; } = [];
}

internal sealed class ForeignKeyNode(string principal)
{
    public string Principal => principal;
    public IReadOnlyList<string> Properties { get; set; } = [];
    public IReadOnlyList<string> PrincipalProperties { get; set; } = [];

    /// <summary>The entity that holds it, when the declaration names it.</summary>
    public string? Dependent { get; set; }
    public string? Name { get; set; }
    public string? OnDelete { get; set; }
}
