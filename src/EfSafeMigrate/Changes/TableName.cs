namespace EfSafeMigrate.Changes;

/// <summary>A table's name; <c>null</c> schema means the connection's default schema.</summary>
internal sealed record TableName(string? Schema, string Name)
{
    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";
}
