using System.Globalization;
using EfSafeMigrate.Generating;

// Usage: dotnet run --project benchmarks/generate -- DIR [MIGRATIONS] [TABLES]     defaults: 300 60
// Writes an ordinary EF project for PostgreSQL whose Designer files hold TABLES tables each. What it writes depends on nothing but the numbers.
var folder = arguments(0, "Grown");
var migrations = int.Parse(arguments(1, "300"), CultureInfo.InvariantCulture);
var tables = int.Parse(arguments(2, "60"), CultureInfo.InvariantCulture);
new GrownProject(tables).Write(folder, migrations);
Console.WriteLine($"{folder}: {migrations} migrations, {tables} tables");

string arguments(int at, string otherwise) => args.Length > at ? args[at] : otherwise;
