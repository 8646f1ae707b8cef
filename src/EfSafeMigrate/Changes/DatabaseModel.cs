namespace EfSafeMigrate.Changes;

/// <summary>
/// The schema as it stands before or after a change: a relational model without EF.
/// Built from a migration's target model by the agent, or from DDL by <c>Sql</c>, and moved on by <see cref="Evolution"/>.
/// </summary>
internal sealed record DatabaseModel(IReadOnlyList<Table> Tables)
{
    public static readonly DatabaseModel Empty = new([]);

    /// <summary>Values of every enum type of the database, by type name.</summary>
    public IReadOnlyList<EnumType> Enums { get; init; } = [];

    public IReadOnlyList<DomainType> Domains { get; init; } = [];

    /// <summary>Functions that the migrations themselves create.</summary>
    public IReadOnlyList<Function> Functions { get; init; } = [];

    /// <summary>Texts that the session keeps to run them later: what MySQL's user variables and prepared statements hold, by name.</summary>
    public IReadOnlyList<HeldText> Texts { get; init; } = [];

    /// <summary>Schemas in which a name without one is looked for; the tables of the first bear none. Empty where nobody has asked the database.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>Finds a table; an absent schema on either side matches the default schema.</summary>
    public Table? Find(TableName name) =>
        Tables.FirstOrDefault(table => table.Name == name)
        ?? (Path.Count == 0 ? Tables.FirstOrDefault(table => table.Name.Name == name.Name && (table.Name.Schema is null || name.Schema is null)) : OnPath(name));

    private Table? OnPath(TableName name) =>
        name.Schema == Path[0] ? Tables.FirstOrDefault(table => table.Name == new TableName(null, name.Name))
        : name.Schema is null ? Path.Skip(1).Select(schema => Tables.FirstOrDefault(table => table.Name == new TableName(schema, name.Name))).FirstOrDefault(table => table is not null)
        : null;

    /// <summary>The table that has an index, or a constraint with an index, of this name.</summary>
    public Table? IndexOwner(string index) => Tables.FirstOrDefault(table =>
        table.Indexes.Any(each => each.Name == index)
        || table.UniqueConstraints.Any(each => each.Name == index)
        || table.PrimaryKey?.Name == index);

    /// <summary>The domain of this name, when every stored value has to pass a rule of it.</summary>
    public DomainType? ConstrainedDomain(string type) =>
        Domains.FirstOrDefault(domain => domain.Constrained && domain.Name.Equals(type.Split('.')[^1].Trim('"', ' '), StringComparison.OrdinalIgnoreCase));

    public IEnumerable<(Table Table, ForeignKey ForeignKey)> ReferencesTo(TableName principal) =>
        from table in Tables
        from foreignKey in table.ForeignKeys
        where Find(foreignKey.Principal) is { } found && found == Find(principal)
        select (table, foreignKey);
}

internal sealed record HeldText(string Name, string Sql);

internal sealed record EnumType(string? Schema, string Name, IReadOnlyList<string> Values);

/// <param name="Constrained">The domain has a CHECK or NOT NULL, which every stored value has to pass.</param>
internal sealed record DomainType(string? Schema, string Name, string Type, bool Constrained);

/// <param name="Volatile">Evaluated anew for each row.</param>
/// <param name="Sql">The body of a function in SQL, which the engine may put in the place of the call.</param>
internal sealed record Function(string Name, bool Volatile, string? Sql)
{
    /// <summary>What a call runs.</summary>
    public string? Body { get; init; }
}

internal enum TableKind { Table, Partitioned, View, MaterializedView }

internal sealed record Table(TableName Name, IReadOnlyList<Column> Columns)
{
    public TableKind Kind { get; init; }
    public Key? PrimaryKey { get; init; }
    public IReadOnlyList<Key> UniqueConstraints { get; init; } = [];
    public IReadOnlyList<ForeignKey> ForeignKeys { get; init; } = [];
    public IReadOnlyList<Index> Indexes { get; init; } = [];
    public IReadOnlyList<CheckConstraint> Checks { get; init; } = [];

    /// <summary>Triggers known by name; an EF model declares them with <c>HasTrigger</c>.</summary>
    public IReadOnlyList<string> Triggers { get; init; } = [];

    /// <summary>Columns that a trigger's <c>UPDATE OF</c> or a row security policy names: their type cannot change.</summary>
    public IReadOnlyList<PinnedColumn> Pinned { get; init; } = [];

    /// <summary>The <c>NOT NULL</c> constraints known by name, PostgreSQL 18.</summary>
    public IReadOnlyList<NotNullConstraint> NotNulls { get; init; } = [];

    /// <summary>The partitioned table this one is a partition of.</summary>
    public TableName? PartitionOf { get; init; }
    public bool DefaultPartition { get; init; }

    /// <summary>What the table says of its storage, as MySQL writes it: <c>ENGINE</c>, <c>ROW_FORMAT</c>, <c>CHARACTER SET</c>.</summary>
    public IReadOnlyList<TableOption> Options { get; init; } = [];

    public string? Comment { get; init; }

    /// <summary>The option by which a table keeps InnoDB's hidden column when its full-text index is gone.</summary>
    public const string LeftByFullText = "FTS_DOC_ID";

    /// <summary>The query of a view.</summary>
    public string? Sql { get; init; }

    public Column? Column(string name) => Columns.FirstOrDefault(column => column.Name == name);
}

internal sealed record TableOption(string Name, string Value);

internal sealed record Column(string Name, string Type, bool Nullable)
{
    public Default? Default { get; init; }
    public string? ComputedSql { get; init; }
    public bool Stored { get; init; }
    public string? Collation { get; init; }

    /// <summary>In a database that was asked: the name of the collation that it has for saying none.</summary>
    public string? UsualCollation { get; init; }

    /// <summary>The character set of the column itself; null for the table's.</summary>
    public string? Charset { get; init; }
    public string? Comment { get; init; }

    /// <summary>The value that every UPDATE of the row gives it, MySQL's <c>ON UPDATE</c>.</summary>
    public string? OnUpdate { get; init; }

    /// <summary>Identity, serial or auto-increment: the database assigns the value.</summary>
    public bool Identity { get; init; }
}

/// <param name="Sql">The default as SQL, for example <c>0</c>, <c>''</c> or <c>now()</c>.</param>
/// <param name="Constant">True when the model gave a value, false when it gave an SQL expression.</param>
internal sealed record Default(string Sql, bool Constant)
{
    /// <summary>The name of the constraint that the default is, where the engine keeps one and a statement said it.</summary>
    public string? Name { get; init; }
}

/// <summary>A primary key or unique constraint.</summary>
internal sealed record Key(string? Name, IReadOnlyList<string> Columns)
{
    /// <summary>Whether the rows themselves stand in the key's order; null when nobody said.</summary>
    public bool? Clustered { get; init; }
}

internal sealed record ForeignKey(
    string? Name, IReadOnlyList<string> Columns, TableName Principal, IReadOnlyList<string> PrincipalColumns)
{
    public bool Validated { get; init; } = true;
    public string? OnDelete { get; init; }

    /// <summary>Written as <c>REFERENCES</c> behind a column.</summary>
    public bool Inline { get; init; }
}

/// <param name="Columns">Plain column names; an expression stands here as its SQL in parentheses.</param>
internal sealed record Index(string Name, IReadOnlyList<string> Columns)
{
    public bool Unique { get; init; }
    public string? Filter { get; init; }
    public string? Method { get; init; }
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>What the statement says behind the table's name: also sort order, operator classes and options. Null when no statement said it.</summary>
    public string? Definition { get; init; }
}

internal sealed record NotNullConstraint(string? Name, string Column, bool Validated);

internal sealed record CheckConstraint(string? Name, string Sql)
{
    public bool Validated { get; init; } = true;
}

/// <param name="By">What names the column, for example <c>trigger tr</c>.</param>
internal sealed record PinnedColumn(string Column, string By);
