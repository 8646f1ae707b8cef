namespace EfSafeMigrate.Changes;

/// <summary>A property of the application's classes, and the column that holds it.</summary>
/// <param name="Entity">The full name of the entity's class.</param>
/// <param name="Property">Its name; what an owned or a complex type holds stands behind the properties that lead there, with dots.</param>
internal sealed record MappedProperty(TableName Table, string Column, string Entity, string Property);
