using System.Text.Json.Serialization;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Protocol;

/// <summary>
/// How an interim model differs from the target model. Names are those of the database;
/// the agent finds the mapped property, index or key and refuses when several are meant.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "edit")]
[JsonDerivedType(typeof(KeepColumn), "keepColumn")]
[JsonDerivedType(typeof(KeepTable), "keepTable")]
[JsonDerivedType(typeof(KeepIndex), "keepIndex")]
[JsonDerivedType(typeof(KeepForeignKey), "keepForeignKey")]
[JsonDerivedType(typeof(KeepUnique), "keepUnique")]
[JsonDerivedType(typeof(KeepCheck), "keepCheck")]
[JsonDerivedType(typeof(KeepPrimaryKey), "keepPrimaryKey")]
[JsonDerivedType(typeof(KeepDefinition), "keepDefinition")]
[JsonDerivedType(typeof(Relax), "relax")]
[JsonDerivedType(typeof(DropDefault), "dropDefault")]
[JsonDerivedType(typeof(MapColumn), "mapColumn")]
[JsonDerivedType(typeof(MapTable), "mapTable")]
[JsonDerivedType(typeof(Postpone), "postpone")]
internal abstract record ModelEdit(TableName Table);

/// <summary>The source model's column is still there.</summary>
/// <param name="DefaultSql">A default it has meanwhile, so that writers who do not know it succeed.</param>
internal sealed record KeepColumn(TableName Table, string Column, string? DefaultSql = null) : ModelEdit(Table);

/// <summary>The source model's table is still there.</summary>
internal sealed record KeepTable(TableName Table) : ModelEdit(Table);

internal sealed record KeepIndex(TableName Table, string Name) : ModelEdit(Table);

internal sealed record KeepForeignKey(TableName Table, string Name) : ModelEdit(Table);

internal sealed record KeepUnique(TableName Table, string Name) : ModelEdit(Table);

internal sealed record KeepCheck(TableName Table, string Name) : ModelEdit(Table);

/// <summary>The table still has the source model's primary key, and none that the target has instead.</summary>
internal sealed record KeepPrimaryKey(TableName Table) : ModelEdit(Table);

/// <summary>The column still has the source model's type, nullability, default and other facets.</summary>
internal sealed record KeepDefinition(TableName Table, string Column) : ModelEdit(Table);

/// <summary>The target's column accepts NULL for now.</summary>
internal sealed record Relax(TableName Table, string Column) : ModelEdit(Table);

/// <summary>The target's column has no default for now.</summary>
internal sealed record DropDefault(TableName Table, string Column) : ModelEdit(Table);

/// <summary>The target's column has another name for now.</summary>
internal sealed record MapColumn(TableName Table, string Column, string Name) : ModelEdit(Table);

/// <summary>The table has another name; its keys, indexes and foreign keys, and those that refer to it, keep theirs.</summary>
internal sealed record MapTable(TableName Table, TableName Name) : ModelEdit(Table);

/// <summary>The target's object is not there yet.</summary>
internal sealed record Postpone(TableName Table, Postponed What, string Name) : ModelEdit(Table);

[JsonConverter(typeof(JsonStringEnumConverter<Postponed>))]
internal enum Postponed { Index, ForeignKey, Unique, Check, Column, PrimaryKey }
