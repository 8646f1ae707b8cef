using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace EfSafeMigrate.Projects.Code;

/// <summary>The usings that the SDK adds to every file of a project.</summary>
internal static class GlobalUsings
{
    private static readonly string[] Plain = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    private static readonly string[] Worker = ["Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging"];

    private static readonly string[] Web = ["System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing"];

    private static readonly string[] Shared = ["Directory.Build.props", "Directory.Build.targets"];

    /// <summary>As the last build wrote them; without one, as the project asks for them.</summary>
    public static string Of(CodeProject project)
    {
        var obj = Path.Combine(project.Directory, "obj");
        var written = Directory.Exists(obj)
            ? Directory.EnumerateFiles(obj, "*.GlobalUsings.g.cs", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc) : null;
        return written is not null ? File.ReadAllText(written) : Asked(project);
    }

    private static string Asked(CodeProject project)
    {
        string[] settings = [project.Text, .. Above(project.Directory)];
        var text = new StringBuilder();
        if (settings.Any(each => each.Contains("<ImplicitUsings>enable", StringComparison.OrdinalIgnoreCase) || each.Contains("<ImplicitUsings>true", StringComparison.OrdinalIgnoreCase)))
        {
            var web = project.Text.Contains("Microsoft.NET.Sdk.Web", StringComparison.Ordinal);
            foreach (var space in Plain.Concat(web || project.Text.Contains("Microsoft.NET.Sdk.Worker", StringComparison.Ordinal) ? Worker : []).Concat(web ? Web : []))
            {
                text.Append("global using ").Append(space).Append(";\n");
            }
        }
        foreach (var space in settings.SelectMany(Usings))
        {
            text.Append("global using ").Append(space).Append(";\n");
        }
        return text.ToString();
    }

    private static IEnumerable<string> Usings(string settings)
    {
        try
        {
            return XDocument.Parse(settings).Descendants().Where(element => element.Name.LocalName == "Using").Select(element => element.Attribute("Include")?.Value).OfType<string>();
        }
        catch (XmlException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            foreach (var file in Shared.Select(name => Path.Combine(at, name)).Where(File.Exists))
            {
                yield return File.ReadAllText(file);
            }
        }
    }
}
