using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NpgsqlTypes;

#pragma warning disable EF1002, EF1003 // Names of columns cannot be parameters, and these come from the model.

namespace Phases;

/// <summary>
/// A release that inserts, changes and deletes customers through its own model, one and many at a time, among them rows that the other release
/// writes at that moment. Each transaction notes in a journal what it wrote while it holds the row, so the journal has the order of commits.
/// What it reads must be what the journal says was written last, by whichever release.
/// </summary>
public sealed class Writers(DbContext context, IReadOnlyList<Shape> shapes, Random random, string name, int limit)
{
    private const string Columns = "\"At\" bigserial, \"Id\" integer, \"Shape\" text, \"Value\" text";

    private readonly Type type = context.Model.GetEntityTypes().Single(entity => entity.GetTableName() == "Customers").ClrType;
    private int turn;

    public static string Journal => $"CREATE TABLE journal ({Columns}); CREATE INDEX ON journal (\"Id\", \"Shape\", \"At\");";

    /// <param name="argument">Name of the writer, seconds, seed, highest customer of the start, and each property as Property=Shape:kind.</param>
    public static string Run(DbContext first, string argument)
    {
        var parts = argument.Split(' ');
        var shapes = parts[4..].Select(Shape.Parse).ToList();
        var random = new Random(int.Parse(parts[2], CultureInfo.InvariantCulture));
        var seconds = int.Parse(parts[1], CultureInfo.InvariantCulture);
        var until = DateTime.MaxValue;
        var turns = 0;
        // The first turn builds the model, and a slow machine gets its turns as well.
        while (turns < 20 || DateTime.UtcNow < until)
        {
            using var context = (DbContext)Activator.CreateInstance(first.GetType())!;
            var writer = new Writers(context, shapes, random, parts[0], int.Parse(parts[3], CultureInfo.InvariantCulture)) { turn = turns++ };
            using var transaction = context.Database.BeginTransaction();
            writer.Turn();
            transaction.Commit();
            until = turns == 1 ? DateTime.UtcNow.AddSeconds(seconds) : until;
        }
        return turns.ToString(CultureInfo.InvariantCulture);
    }

    private void Turn()
    {
        switch (random.Next(10))
        {
            case 0 or 1:
                Insert();
                break;
            case 2:
                Delete();
                break;
            case 3:
                Several();
                break;
            case 4:
                Upsert();
                break;
            default:
                Change();
                break;
        }
    }

    private void Insert()
    {
        var row = Activator.CreateInstance(type)!;
        foreach (var text in context.Model.FindEntityType(type)!.GetProperties().Where(each => each.ClrType == typeof(string) && !each.IsNullable))
        {
            Of(text.Name).SetValue(row, $"{name} {turn} {random.Next()}");
        }
        foreach (var shape in shapes)
        {
            Set(row, shape, shape.Next(random, $"{name} {turn}"));
        }
        context.Add(row);
        context.SaveChanges();
        Note(row);
    }

    private void Change()
    {
        if (Locked(Any()) is { } row)
        {
            Check(row);
            var shape = shapes[random.Next(shapes.Count)];
            Set(row, shape, shape.Next(random, $"{name} {turn}"));
            context.SaveChanges();
            Note(row, shape);
        }
    }

    private void Delete()
    {
        if (Locked(Any()) is { } row)
        {
            Check(row);
            context.Remove(row);
            context.SaveChanges();
            context.Database.ExecuteSql($"INSERT INTO journal (\"Id\", \"Shape\", \"Value\") VALUES ({Id(row)}, 'deleted', NULL)");
        }
    }

    /// <summary>Many rows in one statement, which are locked in one order first, as a careful application does.</summary>
    private void Several()
    {
        var shape = shapes[random.Next(shapes.Count)];
        var value = shape.Next(random, $"{name} {turn}");
        var from = random.Next(1, limit - 10);
        var (table, key) = (Table(shape), Key(shape));
        var rows = $"SELECT \"Id\" FROM \"Customers\" WHERE \"Id\" BETWEEN {from} AND {from + 9} ORDER BY \"Id\" FOR UPDATE";
        context.Database.ExecuteSqlRaw(
            $"WITH held AS ({rows}), written AS (UPDATE \"{table}\" SET {string.Join(", ", Written(shape).Select(each => $"\"{each.Column}\" = {each.Sql}"))} WHERE \"{key}\" IN (SELECT \"Id\" FROM held) RETURNING \"{key}\" AS \"Id\") "
            + $"INSERT INTO journal (\"Id\", \"Shape\", \"Value\") SELECT \"Id\", '{shape.Name}', {{0}}::text FROM written", Parameter(shape.Text(value)));
    }

    private void Upsert()
    {
        var id = Any();
        if (Locked(id) is not { } row)
        {
            return;
        }
        Check(row);
        context.ChangeTracker.Clear();
        var shape = shapes[random.Next(shapes.Count)];
        var value = shape.Text(shape.Next(random, $"{name} {turn}"));
        var written = Written(shape);
        if (shape.Property.Contains('.', StringComparison.Ordinal))
        {
            var column = written[0].Column;
            context.Database.ExecuteSqlRaw(
                $"INSERT INTO \"{Table(shape)}\" (\"{Key(shape)}\", \"{column}\") VALUES ({id}, {{0}}::text{shape.Cast}) ON CONFLICT (\"{Key(shape)}\") DO UPDATE SET \"{column}\" = EXCLUDED.\"{column}\"", Parameter(value));
            Note(id, shape, value);
            return;
        }
        var required = string.Join(", ", context.Model.FindEntityType(type)!.GetProperties()
            .Where(each => !each.IsNullable && each.Name != "Id" && written.All(other => other.Column != each.GetColumnName())).Select(each => $"\"{each.GetColumnName()}\""));
        context.Database.ExecuteSqlRaw(
            $"INSERT INTO \"Customers\" (\"Id\", {string.Join(", ", written.Select(each => $"\"{each.Column}\""))}, {required}) SELECT \"Id\", {string.Join(", ", written.Select(each => each.Sql))}, {required} FROM \"Customers\" WHERE \"Id\" = {id} "
            + $"ON CONFLICT (\"Id\") DO UPDATE SET {string.Join(", ", written.Select(each => $"\"{each.Column}\" = EXCLUDED.\"{each.Column}\""))}", Parameter(value));
        Note(id, shape, value);
    }

    /// <summary>Half of all writes go to few rows, so that the releases meet.</summary>
    private int Any() => random.Next(2) == 0 ? random.Next(1, 20) : random.Next(1, limit);

    private object? Locked(int id)
    {
        if (!context.Database.SqlQueryRaw<int>($"SELECT \"Id\" AS \"Value\" FROM \"Customers\" WHERE \"Id\" = {id} FOR UPDATE").AsEnumerable().Any()
            || context.Find(type, Convert.ChangeType(id, Of("Id").PropertyType, CultureInfo.InvariantCulture)) is not { } row)
        {
            return null;
        }
        foreach (var navigation in shapes.Select(Navigation).OfType<INavigation>())
        {
            context.Entry(row).Reference(navigation.Name).Load();
        }
        return row;
    }

    private void Check(object row)
    {
        var id = Id(row);
        foreach (var shape in shapes)
        {
            var written = context.Database.SqlQuery<string?>(
                $"SELECT \"Value\" FROM journal WHERE \"Id\" = {id} AND \"Shape\" = {shape.Name} ORDER BY \"At\" DESC LIMIT 1").AsEnumerable().ToList();
            var read = shape.Text(Get(row, shape));
            if (written is [var last] && last != read && (last is not null || read != shape.Missing))
            {
                throw new InvalidOperationException($"{name} reads {shape.Property} of customer {id} as {read}; {last} was written last.");
            }
        }
    }

    private void Note(object row)
    {
        foreach (var shape in shapes)
        {
            Note(row, shape);
        }
    }

    private void Note(object row, Shape shape) => Note(Id(row), shape, shape.Text(Get(row, shape)));

    private void Note(int id, Shape shape, string? value) =>
        context.Database.ExecuteSqlRaw($"INSERT INTO journal (\"Id\", \"Shape\", \"Value\") VALUES ({id}, '{shape.Name}', {{0}})", Parameter(value));

    private static NpgsqlParameter Parameter(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    /// <summary>The columns of a shape, each with what makes it of the parameter.</summary>
    private (string Column, string Sql)[] Written(Shape shape) => shape.Property.Split('+') is [var first, var last]
        ? [(first, "split_part({0}::text, ' ', 1)"), (last, "CASE WHEN strpos({0}::text, ' ') > 0 THEN substr({0}::text, strpos({0}::text, ' ') + 1) END")]
        : [(Column(shape), $"{{0}}::text{shape.Cast}")];

    private string Column(Shape shape) => Entity(shape).FindProperty(shape.Property.Split('.')[^1])!.GetColumnName();

    private string Table(Shape shape) => Entity(shape).GetTableName()!;

    private string Key(Shape shape) => Entity(shape).FindPrimaryKey()!.Properties[0].GetColumnName();

    private IEntityType Entity(Shape shape) => Navigation(shape)?.TargetEntityType ?? context.Model.FindEntityType(type)!;

    /// <summary>The way to the entity that holds the value, where it is another one.</summary>
    private INavigation? Navigation(Shape shape) =>
        shape.Property.Split('.') is [var navigation, _] ? context.Model.FindEntityType(type)!.FindNavigation(navigation) : null;

    private object? Get(object row, Shape shape) => shape.Property.Split('+') is [var first, var last] ? $"{Of(first).GetValue(row)}{(Of(last).GetValue(row) is { } behind ? $" {behind}" : "")}"
        : Navigation(shape) is not { } navigation ? Of(shape.Property).GetValue(row)
        : Of(navigation.Name).GetValue(row) is { } other ? Property(navigation, shape).GetValue(other) : null;

    private void Set(object row, Shape shape, object? value)
    {
        if (shape.Property.Split('+') is [var first, var last])
        {
            var parts = ((string)value!).Split(' ', 2);
            Of(first).SetValue(row, parts[0]);
            Of(last).SetValue(row, parts.Length > 1 ? parts[1] : null);
            return;
        }
        if (Navigation(shape) is not { } navigation)
        {
            Of(shape.Property).SetValue(row, value);
            return;
        }
        var other = Of(navigation.Name).GetValue(row);
        if (other is null && value is not null)
        {
            Of(navigation.Name).SetValue(row, other = Activator.CreateInstance(navigation.TargetEntityType.ClrType));
        }
        if (other is not null)
        {
            Property(navigation, shape).SetValue(other, value);
        }
    }

    private static PropertyInfo Property(INavigation navigation, Shape shape) => navigation.TargetEntityType.ClrType.GetProperty(shape.Property.Split('.')[^1])!;

    private int Id(object row) => Convert.ToInt32(Of("Id").GetValue(row), CultureInfo.InvariantCulture);

    private PropertyInfo Of(string property) => type.GetProperty(property)!;
}
