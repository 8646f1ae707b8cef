using EfSafeMigrate.Updates.Scratches;
using Humanizer;

namespace EfSafeMigrate.Reports;

/// <summary>What is told of a scratch database, a line each.</summary>
internal static class ScratchText
{
    public static string Of(ScratchNews news) => news switch
    {
        ScratchMade made => $"  Scratch database {made.Where}",
        SchemaIsIn schema => $"  {"table".ToQuantity(schema.Tables)}{(schema.Copied ? ", as in the source" : ", as the applied migrations make them")}",
        TableFilled table => $"  {table.Table}: {"row".ToQuantity(table.Rows)}",
        ScratchFilled filled => $"  {"row".ToQuantity(filled.Rows)} in {"table".ToQuantity(filled.Tables)}",
        ScratchGone gone => $"  {gone.Where} is {(gone.Dropped ? "gone" : "empty again")}",
        LeftoverGone left => $"  Cleared away what a run that was killed left: {left.What}",
        ScratchNote note => $"  {note.Sentence}",
        _ => "",
    };
}
