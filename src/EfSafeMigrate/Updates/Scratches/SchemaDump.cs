using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>The server's own programs bring a schema, or a dump, into a scratch database.</summary>
/// <param name="text">Leads to the scratch database.</param>
internal sealed class SchemaDump(Original original, Link source, ConnectionTextResult text, Action<ScratchNews> tell)
{
    private const int Complaints = 5;

    private readonly ToolForms forms = original.Forms.Server!.Tools!;

    /// <returns>False when this machine has no programs that can, and why was told.</returns>
    public async Task<bool> TryAsync(CancellationToken cancellation)
    {
        var major = await Scratch.MajorAsync(original.Engine, source, cancellation);
        if (await Programs.FindAsync(forms, major, cancellation) is not { } programs || programs.Major < major || !programs.Has(forms.Run.Program))
        {
            tell(new ScratchNote($"This machine has no {forms.Dump.Program} of {original.Engine.Name} {major} or newer: the applied migrations make the schema, and what was changed by hand is not in it."));
            return false;
        }
        var from = await original.TextAsync(original.ConnectionString, new Dictionary<string, string>(), cancellation);
        var dump = await programs.RunAsync(forms.Dump, forms, from, input: null, user: null, cancellation);
        if (dump.Code != 0)
        {
            tell(new ScratchNote($"{forms.Dump.Program} refuses: {Refusals(dump).FirstOrDefault() ?? $"exit code {dump.Code}"}: the applied migrations make the schema, and what was changed by hand is not in it."));
            return false;
        }
        await RunAsync(programs, forms.Run, writer => writer.WriteAsync(forms.Alone(dump.Output)), cancellation);
        return true;
    }

    /// <exception cref="SafeMigrateException">It cannot be read, or would reach beyond the scratch database.</exception>
    public async Task RestoreAsync(string path, CancellationToken cancellation)
    {
        var programs = await Programs.FindAsync(forms, await Scratch.MajorAsync(original.Engine, source, cancellation), cancellation)
            ?? throw new SafeMigrateException($"This machine has no {forms.Run.Program} to read a dump with.", $"install the server's programs, or name their folder with {forms.Variable}");
        if (Directory.Exists(path) || forms.IsArchive(Head(path)))
        {
            await RunAsync(programs, forms.Restore(path), input: null, cancellation);
            return;
        }
        if (await Task.Run(() => forms.Instruction(File.ReadLines(path)), cancellation) is { } instruction)
        {
            throw new SafeMigrateException(
                $"`{path}` has the instruction `{instruction}`, which may lead out of the scratch database. Nothing was restored.", "dump without --create, or in the custom format", ExitCode.StoppedSafely);
        }
        await RunAsync(programs, forms.Run, async writer =>
        {
            using var reader = File.OpenText(path);
            var buffer = new char[1 << 16];
            for (int read; (read = await reader.ReadAsync(buffer, cancellation)) > 0;)
            {
                await writer.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }, cancellation);
    }

    private async Task RunAsync(Programs programs, ToolCall call, Func<StreamWriter, Task>? input, CancellationToken cancellation)
    {
        var result = await programs.RunAsync(call, forms, text, input, user: null, cancellation);
        string[] refusals = [.. Refusals(result).Distinct()];
        foreach (var refusal in refusals.Take(Complaints))
        {
            tell(new ScratchNote($"Not in the scratch database: {refusal}"));
        }
        if (refusals.Length > Complaints)
        {
            tell(new ScratchNote($"Not in the scratch database: {refusals.Length - Complaints} more that the server refuses."));
        }
    }

    private IEnumerable<string> Refusals(ProgramResult result) => result.Error.Split('\n').Select(line => forms.Complaint(line.TrimEnd('\r'))).OfType<string>();

    private static byte[] Head(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[16];
        return head[..file.Read(head)];
    }
}
