using System.Reflection;
using System.Runtime.Loader;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Agent;

/// <summary>
/// Finds what the host did not put on the trusted list: the application's own output folder, and beside the Design assembly.
/// A lower version than asked for is accepted, as <c>dotnet ef</c> does.
/// </summary>
internal static class AssemblyResolution
{
    public static void Install(HelloRequest hello)
    {
        var folders = new[] { hello.StartupAssembly, hello.Assembly, hello.DesignAssembly }
            .Select(Path.GetDirectoryName)
            .OfType<string>()
            .Distinct()
            .ToArray();

        // Applications locate their files by AppContext.BaseDirectory, which would be the agent's folder.
        AppDomain.CurrentDomain.SetData("APP_CONTEXT_BASE_DIRECTORY", folders[0] + Path.DirectorySeparatorChar);
        AssemblyLoadContext.Default.Resolving += (loader, name) =>
            folders.Select(folder => Path.Combine(folder, name.Name + ".dll"))
                .Where(File.Exists)
                .Select(loader.LoadFromAssemblyPath)
                .FirstOrDefault();
    }

    public static Assembly Load(string path)
    {
        var name = AssemblyName.GetAssemblyName(path);
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(name);
        }
        catch (FileNotFoundException)
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        }
    }
}
