using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>What the rows of a release have to respect: its own model's rules and those that are in force.</summary>
internal sealed class RowRules
{
    private readonly ILookup<string, ITable> tables;
    private readonly IReadOnlyList<IModel> models;

    public RowRules(params IReadOnlyList<IModel> models)
    {
        this.models = [.. models.Distinct()];
        tables = this.models.SelectMany(model => model.GetRelationalModel().Tables).ToLookup(table => table.CommonName());
    }

    public IEnumerable<IReadOnlyList<string>> Unique(string table) => tables[table].SelectMany(each =>
        each.UniqueConstraints.Select(unique => Names(unique.Columns)).Concat(each.Indexes.Where(index => index.IsUnique).Select(index => Names(index.Columns))));

    public IEnumerable<Reference> References(string table) => tables[table].SelectMany(each => each.ForeignKeyConstraints)
        .Select(key => new Reference(table, Names(key.Columns), key.PrincipalTable.CommonName(), Names(key.PrincipalColumns)))
        .DistinctBy(reference => (string.Join('\0', reference.Columns), reference.Principal));

    public IEnumerable<string> Checks(string table) => tables[table].SelectMany(each => each.CheckConstraints).Select(check => check.Sql).Distinct();

    /// <summary>The column's constant default, where all say the same.</summary>
    public bool TryDefault(string table, string column, out object? value)
    {
        var given = models.Select(model => model.GetRelationalModel().Tables.FirstOrDefault(each => each.CommonName() == table)?.FindColumn(column)).ToArray();
        object? found = null;
        var all = given.All(each => each is not null && each.TryGetDefaultValue(out var own) && own is not null && (found ??= own).Equals(own));
        value = found;
        return all && found is not null;
    }

    private static IReadOnlyList<string> Names(IEnumerable<IColumn> columns) => [.. columns.Select(column => column.Name)];
}

/// <summary>Columns whose values have to be those of a row of another table.</summary>
internal sealed record Reference(string Table, IReadOnlyList<string> Columns, string Principal, IReadOnlyList<string> PrincipalColumns);
