namespace EfSafeMigrate.Changes;

/// <summary>A column that will take the place of another of its table, and until then holds its value in the type it will have.</summary>
/// <param name="Column">The column that is written.</param>
/// <param name="Type">Its type.</param>
/// <param name="Shadow">The column that follows it.</param>
/// <param name="NewType">The type of the shadow.</param>
internal sealed record ShadowSpec(TableName Table, string Column, string Type, string Shadow, string NewType);
