using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>What EF's provider for SQLite makes of the operations: where SQLite has no statement, it copies the table outside the transaction.</summary>
internal static class SqliteForms
{
    public static readonly ProviderForms Value = new()
    {
        UseMethods = ["UseSqlite"],
        Marks = ["Sqlite"],
        TypeOf = TypeOf,
        Literal = Literal,
        NumbersKey = (type, generatedKey) => generatedKey && TypeOf(type) == "INTEGER" && type.Keyword != "bool",
        Commands = operation => Rebuilds(operation) ? [new("", Suppressed: true)] : [],
    };

    private static bool Rebuilds(EfOperation operation) => operation.Change switch
    {
        AddForeignKey add => !operation.Earlier.OfType<CreateTable>().Any(create => create.Table == add.Table),
        AddPrimaryKey or AddUniqueConstraint or AddCheckConstraint or AlterTable => true,
        DropColumn or DropForeignKey or DropPrimaryKey or DropUniqueConstraint or DropCheckConstraint or AlterColumn => true,
        AddColumn add => add.Column.Stored || add.Column.Comment is not null,
        _ => false,
    };

    private static string? TypeOf(ClrType type) => type.Keyword switch
    {
        "bool" or "byte" or "sbyte" or "short" or "ushort" or "int" or "uint" or "long" or "ulong" => "INTEGER",
        "float" or "double" => "REAL",
        "byte[]" => "BLOB",
        "string" or "char" or "decimal" or "Guid" or "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan" => "TEXT",
        "json" => "TEXT",
        _ => null,
    };

    private static string Literal(object value, string type) => value switch
    {
        bool flag => flag ? "1" : "0",
        string text => Literals.Quoted(text),
        char letter => Literals.Quoted(letter.ToString()),
        decimal number => $"'{Literals.Decimal(number)}'",
        double number => Literals.Double(number),
        float number => Literals.Double(number),
        DateTime time => $"'{Literals.Format(time, "yyyy-MM-dd HH:mm:ss.FFFFFFF")}'",
        DateTimeOffset time => $"'{Literals.Format(time, "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz")}'",
        DateOnly date => $"'{Literals.Format(date, "yyyy-MM-dd")}'",
        TimeOnly time => $"'{Literals.Format(time, "HH:mm:ss.FFFFFFF").TrimEnd('.')}'",
        TimeSpan time => $"'{Literals.Format(time, "c")}'",
        Guid guid => $"'{guid.ToString().ToUpperInvariant()}'",
        byte[] bytes => $"X'{Literals.Hex(bytes)}'",
        IFormattable number => Literals.Number(number),
        _ => $"{value}",
    };
}
