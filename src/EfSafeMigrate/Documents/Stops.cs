using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Documents;

/// <summary>What an exit code means, and what to do then.</summary>
internal static class Stops
{
    public static string Of(Dossier dossier) => !dossier.Engine.HasUpdates
        ? Page.Text("The client shows the statement that failed. Mend the cause and run the same file again: it goes on behind what is done.")
        : Page.Join(
            Page.Table(["exit code", "what it means", "what to do"],
            [
                ["0", "done, or nothing to do", "go on"],
                ["1", "findings, drift or defects", "read what is named; nothing was changed"],
                ["2", "the command, the settings, the project or the connection is wrong; nothing was begun", "mend what the message says, and repeat the command"],
                ["3", "stopped or refused, and safe: nothing is half-done", "follow the arrow in the message; `apply --resume` goes on"],
                ["4", "a person has to look", "read the message to its end, call who is on call, change nothing by hand"],
            ]),
            Page.Text("Ctrl+C stops behind the statement at work, with exit code 3. Whatever else ended a run, a kill, a restart, a cut connection or a full disk, the next step is the same two commands:"),
            Page.List([$"{ToolCalls.Short("status")} shows what was interrupted and what is applied", $"{ToolCalls.Short("apply --resume")} ends what the dead run left on the server, finds out what was committed, and goes on as far as that one was to go"]),
            Page.Text($"Going back is a document of its own: {ToolCalls.Short("document rollback")}."));
}
