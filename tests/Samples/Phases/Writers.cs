using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Phases;

/// <summary>A release that goes on writing one column of its own customers, and notes each value once the database has taken it.</summary>
public static class Writers
{
    /// <param name="argument">Property, identifier of the writer, number of writers, seconds, seed.</param>
    public static string Run(DbContext first, string argument)
    {
        var parts = argument.Split(' ');
        var (property, seed) = (parts[0], int.Parse(parts[4], CultureInfo.InvariantCulture));
        var (own, writers, seconds) = (int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture), int.Parse(parts[3], CultureInfo.InvariantCulture));
        var random = new Random(seed);
        var type = first.Model.GetEntityTypes().Single(entity => entity.GetTableName() == "Customers").ClrType;
        var journal = new Dictionary<int, string>();
        var known = Enumerable.Range(1, 2000).Where(id => id % writers == own).ToList();
        var until = DateTime.UtcNow.AddSeconds(seconds);
        for (var turn = 0; DateTime.UtcNow < until; turn++)
        {
            using var context = (DbContext)Activator.CreateInstance(first.GetType())!;
            var value = $"{own}-{seed}-{turn}";
            var id = known[random.Next(known.Count)];
            if (turn % 3 == 0)
            {
                var row = Activator.CreateInstance(type)!;
                foreach (var text in first.Model.FindEntityType(type)!.GetProperties().Where(each => each.ClrType == typeof(string) && !each.IsNullable))
                {
                    Set(row, text.Name, value);
                }
                Set(row, property, value);
                context.Add(row);
                context.SaveChanges();
                id = (int)type.GetProperty("Id")!.GetValue(row)!;
                known.Add(id);
                journal[id] = value;
            }
            else
            {
                var row = context.Find(type, id)!;
                var found = (string?)type.GetProperty(property)!.GetValue(row);
                if (journal.TryGetValue(id, out var written) && written != found)
                {
                    throw new InvalidOperationException($"Customer {id} was written {written} and reads {found}.");
                }
                Set(row, property, value);
                context.SaveChanges();
                journal[id] = value;
            }
        }
        return string.Join(',', journal.Select(entry => $"{entry.Key}={entry.Value}"));
    }

    private static void Set(object row, string property, string value) => row.GetType().GetProperty(property)!.SetValue(row, value);
}
