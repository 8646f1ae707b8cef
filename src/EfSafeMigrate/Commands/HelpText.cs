using McMaster.Extensions.CommandLineUtils;
using McMaster.Extensions.CommandLineUtils.HelpText;

namespace EfSafeMigrate.Commands;

/// <summary>Help that fits 80 columns; the library's own does not wrap.</summary>
internal sealed class HelpText : IHelpTextGenerator
{
    private const int Width = 80;
    private const int Indent = 36;

    public void Generate(CommandLineApplication application, TextWriter output)
    {
        output.WriteLine(application.Description);
        output.WriteLine();
        output.WriteLine($"Usage: {FullName(application)} {(application.Commands.Count > 0 ? "COMMAND " : "")}{string.Concat(application.Arguments.Select(argument => $"{argument.Name} "))}[options]{(application.AllowArgumentSeparator ? " [-- application arguments]" : "")}");
        Section(output, "Commands", application.Commands.Select(command => (command.Name!, command.Description ?? "")));
        Section(output, "Arguments", application.Arguments.Select(argument => (argument.Name!, argument.Description ?? "")));
        Section(output, "Options", application.GetOptions().Where(option => option.ShowInHelpText).Select(option => (Template(option), option.Description ?? "")));
    }

    public static string FullName(CommandLineApplication command) =>
        command.Parent is { } parent ? $"{FullName(parent)} {command.Name}" : command.Name!;

    private static string Template(CommandOption option)
    {
        var shortName = option.ShortName is { Length: > 0 } name ? $"-{name}, " : "    ";
        return $"{shortName}--{option.LongName}{Value(option)}";
    }

    private static string Value(CommandOption option) => option switch
    {
        { OptionType: CommandOptionType.NoValue } or { ValueName: not { Length: > 0 } } => "",
        { OptionType: CommandOptionType.SingleOrNoValue } => $" [{option.ValueName}]",
        _ => $" {option.ValueName}",
    };

    private static void Section(TextWriter output, string title, IEnumerable<(string Name, string Description)> entries)
    {
        var rows = entries.ToArray();
        if (rows.Length == 0)
        {
            return;
        }
        output.WriteLine();
        output.WriteLine($"{title}:");
        foreach (var (name, description) in rows)
        {
            var line = $"  {name}  ".PadRight(Indent);
            if (line.Length > Indent)
            {
                output.WriteLine(line.TrimEnd());
                line = new string(' ', Indent);
            }
            foreach (var word in description.Split(' '))
            {
                if (line.Length + word.Length > Width)
                {
                    output.WriteLine(line.TrimEnd());
                    line = new string(' ', Indent);
                }
                line += word + " ";
            }
            output.WriteLine(line.TrimEnd());
        }
    }
}
