using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Phases;

// Carries out lines of connection, context, verb and argument, and answers each with one line.
while (Console.ReadLine()?.Split('\t') is [var connection, var name, var verb, var argument])
{
    try
    {
        Environment.SetEnvironmentVariable("PHASES", connection);
        var type = Assembly.GetExecutingAssembly().GetTypes().Single(type => type.Name == name);
        using var context = (DbContext)Activator.CreateInstance(type)!;
        Console.WriteLine("ok " + Verbs.Run(context, verb, argument));
    }
    catch (Exception exception)
    {
        Console.WriteLine("error " + exception.ToString().ReplaceLineEndings(" "));
    }
}
