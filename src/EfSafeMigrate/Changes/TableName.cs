namespace EfSafeMigrate.Changes;

/// <summary>A table's name; <c>null</c> schema means the connection's default schema.</summary>
internal sealed record TableName(string? Schema, string Name)
{
    /// <summary>True for the same table; an absent schema on either side matches the default schema.</summary>
    public bool Matches(TableName other) => Name == other.Name && (Schema == other.Schema || Schema is null || other.Schema is null);

    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";
}
