using System.Runtime.CompilerServices;
using System.Runtime.Loader;

/// <summary>
/// Lets the samples run with SQLitePCLRaw 2.0.6 although EF Core was compiled against a later 2.1
/// (Directory.Build.targets says why). The runtime refuses an assembly that is older than the one asked
/// for, and a resolver may accept it.
/// </summary>
internal static class SqliteLoading
{
    [ModuleInitializer]
    internal static void AcceptOlderSqlite()
        => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        {
            if (name.Name?.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal) != true)
            {
                return null;
            }

            var path = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
            return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        };
}
