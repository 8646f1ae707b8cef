using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Projects.Source;

/// <summary>Entities as tables, with the names that EF gives by default.</summary>
internal sealed class ModelTables(ModelStatements model, ProviderForms forms)
{
    private const int LongestName = 128;

    private readonly Dictionary<string, EntityNode> entities = new(model.Entities);

    public DatabaseModel Read()
    {
        TakeOwned();
        var tables = entities.Values.Where(entity => TableOf(entity) is not null && !entity.Excluded).GroupBy(entity => TableOf(entity)!)
            .Select(group => Read(group.Key, [.. group])).OrderBy(table => table.Name.Name, StringComparer.Ordinal).ThenBy(table => table.Name.Schema, StringComparer.Ordinal);
        return new([.. tables])
        {
            Enums = [.. model.Enums.Select(type => new EnumType(type.Key.Contains('.', StringComparison.Ordinal) ? type.Key.Split('.')[0] : null, type.Key.Split('.')[^1], type.Value.Split(',', StringSplitOptions.TrimEntries)))],
        };
    }

    /// <summary>The properties behind the columns; a document's is the one that leads to it.</summary>
    public IReadOnlyList<MappedProperty> Properties()
    {
        TakeOwned();
        return
        [
            .. from entity in entities.Values
               let table = TableOf(entity)
               where table is not null
               from each in PropertiesOf(entity)
               select new MappedProperty(table, ColumnOf(entity, each.Property.Name), ClassOf(entity), $"{PathTo(entity)}{each.Property.Name}"),
            .. from entity in entities.Values
               where entity is { JsonColumn: not null, Owner: not null }
               let table = TableOf(entity.Owner!)
               where table is not null
               select new MappedProperty(table, entity.JsonColumn!, ClassOf(entity), PathTo(entity).TrimEnd('.')),
        ];
    }

    private static string ClassOf(EntityNode entity) => entity.Owner is { } owner ? ClassOf(owner) : entity.Name;

    private static string PathTo(EntityNode entity) => entity.Owner is { } owner ? $"{PathTo(owner)}{entity.OwnerNavigation}." : "";

    private void TakeOwned()
    {
        foreach (var owned in model.Entities.Values.SelectMany(WithOwned).ToArray())
        {
            entities.TryAdd(owned.Name, owned);
        }
    }

    private static IEnumerable<EntityNode> WithOwned(EntityNode entity) => entity.Owned.SelectMany(WithOwned).Prepend(entity);

    /// <summary>Null for what has no table of its own kind: a view, a document, a base type without rows.</summary>
    private TableName? TableOf(EntityNode entity) =>
        entity.NoTable || IsDocument(entity) ? null
        : entity.Table is { } table ? new(entity.Schema ?? model.DefaultSchema, table)
        : entity.BaseType is { } parent && entities.TryGetValue(parent, out var above) ? TableOf(above)
        : entity.Owner is { } owner && !entity.OwnedMany ? TableOf(owner)
        : new(entity.Schema ?? model.DefaultSchema, entity.Name[(entity.Name.LastIndexOfAny(['.', '+', '#']) + 1)..]);

    private static bool IsDocument(EntityNode entity) => entity.JsonColumn is not null || (entity.Owner is { } owner && IsDocument(owner));

    private Table Read(TableName name, IReadOnlyList<EntityNode> mapped)
    {
        var main = mapped.FirstOrDefault(entity => entity.BaseType is null && entity.Owner is null) ?? mapped[0];
        var key = KeyOf(main);
        var keyColumns = key?.Properties.Select(property => ColumnOf(main, property)).ToArray() ?? [];
        var columns = new Dictionary<string, Column>();
        foreach (var entity in mapped)
        {
            foreach (var (owner, property) in PropertiesOf(entity))
            {
                var column = Column(entity, owner, property, keyColumns);
                columns[column.Name] = columns.TryGetValue(column.Name, out var shared) ? shared with { Nullable = shared.Nullable && column.Nullable, Identity = shared.Identity || column.Identity } : column;
            }
            foreach (var document in entity.Owned.Where(owned => owned.JsonColumn is not null))
            {
                columns.TryAdd(document.JsonColumn!, new(document.JsonColumn!, document.JsonType ?? forms.TypeOf(new("json", null, null, null)) ?? "", document.OwnedMany || !entity.RequiredNavigations.Contains(document.OwnerNavigation!)));
            }
        }
        return new Table(name, [.. keyColumns.Where(columns.ContainsKey).Select(column => columns[column]), .. columns.Values.Where(column => !keyColumns.Contains(column.Name)).OrderBy(column => column.Name, StringComparer.Ordinal)])
        {
            PrimaryKey = key is null || main.HasNoKey ? null : new Key(key.Name ?? Named($"PK_{name.Name}"), keyColumns),
            UniqueConstraints = [.. from entity in mapped from alternate in entity.AlternateKeys let names = Columns(entity, alternate.Properties) select new Key(alternate.Name ?? Named($"AK_{name.Name}_{string.Join('_', names)}"), names)],
            ForeignKeys = [.. mapped.SelectMany(entity => ForeignKeys(entity, name)).DistinctBy(each => each.Name)],
            Indexes = [.. (from entity in mapped from index in entity.Indexes select Index(entity, index, name)).DistinctBy(index => index.Name).OrderBy(index => index.Name, StringComparer.Ordinal)],
            Checks = [.. from entity in mapped from check in entity.Checks select new CheckConstraint(check.Name, check.Sql)],
            Triggers = [.. mapped.SelectMany(entity => entity.Triggers).Distinct()],
        };
    }

    /// <summary>Its own, and in a table of its own also those of what it derives from: the key, or with TPC all.</summary>
    private IEnumerable<(EntityNode Owner, PropertyNode Property)> PropertiesOf(EntityNode entity)
    {
        foreach (var property in entity.Properties.Values)
        {
            yield return (entity, property);
        }
        var key = KeyOf(entity)?.Properties ?? [];
        for (var at = Parent(entity); at is not null; at = Parent(at))
        {
            if (TableOf(at) == TableOf(entity))
            {
                continue;
            }
            foreach (var property in at.Properties.Values.Where(property => Root(entity).Strategy == "UseTpcMappingStrategy" || key.Contains(property.Name)))
            {
                yield return (at, property);
            }
        }
    }

    private EntityNode? Parent(EntityNode entity) => entity.BaseType is { } parent ? entities.GetValueOrDefault(parent) : null;

    private EntityNode Root(EntityNode entity)
    {
        var at = entity;
        for (var up = 0; up < 50 && Parent(at) is { } parent; up++)
        {
            at = parent;
        }
        return at;
    }

    private KeyNode? KeyOf(EntityNode entity) => Root(entity).Key;

    private Column Column(EntityNode entity, EntityNode owner, PropertyNode property, string[] keyColumns)
    {
        var name = ColumnOf(entity, property.Name);
        var isKey = keyColumns.Contains(name);
        var indexed = isKey || entity.Indexes.Any(index => index.Properties.Contains(property.Name));
        var type = property.Type ?? forms.TypeOf(new(property.Clr, property.MaxLength, property.Precision, property.Scale)
        {
            FixedLength = property.FixedLength,
            Unicode = property.Unicode,
            RowVersion = property.RowVersion,
            IsKey = indexed,
        }) ?? "";
        var inherited = owner == entity && Parent(entity) is { } parent && TableOf(parent) == TableOf(entity);
        return new Column(name, type, !isKey && (IsNullable(property) || inherited || IsOptional(entity)))
        {
            Default = property.DefaultSql is { Length: > 0 } sql ? new(sql, Constant: false)
                : property.Default is { } value ? new(OperationJson.Literal(value, type, forms), Constant: true) : null,
            ComputedSql = property.ComputedSql,
            Stored = property.Stored,
            Collation = property.Collation,
            Comment = property.Comment,
            Charset = property.Annotations.GetValueOrDefault("MySql:CharSet") as string,
            Identity = ProviderForms.IsGenerated(property.Annotations) || forms.NumbersKey(new(property.Clr, null, null, null), property.GeneratedOnAdd && !property.Converted && isKey && keyColumns.Length == 1),
        };
    }

    private static bool IsNullable(PropertyNode property) =>
        property.Clr.EndsWith('?') || (!property.Required && (property.Clr.EndsWith(']') || property.Clr is "string" or "object" or "String" or "JsonDocument" || property.Clr.EndsWith('>') || property.Clr.Contains('.', StringComparison.Ordinal)));

    /// <summary>It shares its owner's row, which may do without it.</summary>
    private bool IsOptional(EntityNode entity) =>
        entity.Owner is { } owner && TableOf(owner) == TableOf(entity) && (!owner.RequiredNavigations.Contains(entity.OwnerNavigation!) || IsOptional(owner));

    /// <summary>The name that was given, or EF's own: behind the names of the navigations that lead to it where it shares its owner's table.</summary>
    private string ColumnOf(EntityNode entity, string property)
    {
        var declared = DeclaringOf(entity, property);
        var node = declared?.Properties.GetValueOrDefault(property);
        if (node?.Column is { } given)
        {
            return given;
        }
        if (entity.Owner is { } owner && TableOf(owner) == TableOf(entity))
        {
            if (entity.Key?.Properties is { } key && key.ToList().IndexOf(property) is >= 0 and var at && KeyOf(owner)?.Properties.ElementAtOrDefault(at) is { } shared)
            {
                return ColumnOf(owner, shared);
            }
            return $"{Prefix(entity)}{property.Replace('.', '_')}";
        }
        return property.Replace('.', '_');
    }

    private EntityNode? DeclaringOf(EntityNode entity, string property)
    {
        for (var at = entity; at is not null; at = Parent(at))
        {
            if (at.Properties.ContainsKey(property))
            {
                return at;
            }
        }
        return null;
    }

    private string Prefix(EntityNode entity) =>
        entity.Owner is { } owner && TableOf(owner) == TableOf(entity) ? $"{Prefix(owner)}{entity.OwnerNavigation}_" : "";

    private string[] Columns(EntityNode entity, IEnumerable<string> properties) => [.. properties.Select(property => ColumnOf(entity, property))];

    private Changes.Index Index(EntityNode entity, IndexNode index, TableName table)
    {
        var columns = Columns(entity, index.Properties);
        return new(index.Name ?? Named($"IX_{table.Name}_{string.Join('_', columns)}"), columns)
        {
            Unique = index.Unique,
            Filter = index.Filter,
            Method = index.Annotations.GetValueOrDefault("Npgsql:IndexMethod") as string,
        };
    }

    private IEnumerable<ForeignKey> ForeignKeys(EntityNode entity, TableName table)
    {
        // A one-to-one relationship may be declared at its principal.
        var own = entities.Values.SelectMany(declaring => declaring.ForeignKeys.Where(key => (key.Dependent ?? declaring.Name) == entity.Name));
        foreach (var key in entity.Ownership is { } ownership ? own.Append(ownership) : own)
        {
            var principal = entity.Ownership == key ? entity.Owner : entities.GetValueOrDefault(key.Principal);
            if (principal is null || TableOf(principal) is not { } target)
            {
                continue;
            }
            var columns = Columns(entity, key.Properties);
            var principalColumns = Columns(principal, key.PrincipalProperties.Count > 0 ? key.PrincipalProperties : KeyOf(principal)?.Properties ?? []);
            if (target == table && columns.SequenceEqual(principalColumns))
            {
                continue;
            }
            yield return new(key.Name ?? Named($"FK_{table.Name}_{target.Name}_{string.Join('_', columns)}"), columns, target, principalColumns) { OnDelete = ReferentialActions.Sql(key.OnDelete) };
        }
    }

    /// <summary>EF cuts a name that is too long for the engine, and says so with a tilde.</summary>
    private string Named(string name)
    {
        var longest = model.LongestName ?? LongestName;
        return name.Length <= longest ? name : $"{name[..(longest - 1)]}~";
    }
}
