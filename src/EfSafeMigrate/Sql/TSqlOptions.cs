using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>WITH (ONLINE = ON, …)</c> and <c>ON filegroup</c> behind an index, a key or a table.</summary>
internal static class TSqlOptions
{
    private static readonly FrozenSet<string> Named = Names.Set("ON TEXTIMAGE_ON FILESTREAM_ON");

    /// <summary>Skips them all and says what they demand.</summary>
    public static Demanded? Read(Cursor cursor)
    {
        Demanded? demanded = null;
        while (true)
        {
            if (cursor.At("WITH ("))
            {
                cursor.Next();
                demanded = Of(cursor.Group()) ?? demanded;
            }
            else if (cursor.Take("WITH FILLFACTOR"))
            {
                cursor.Need("=");
                cursor.Next();
            }
            else if (cursor.AtAny(Named) && cursor.Ahead(1).Kind is TokenKind.Word or TokenKind.QuotedName or TokenKind.Text
                && !cursor.At("ON DELETE") && !cursor.At("ON UPDATE"))
            {
                cursor.Next();
                cursor.Name();
                ColumnDefinition.SkipOptions(cursor);
            }
            else
            {
                return demanded;
            }
        }
    }

    /// <param name="options">The inside of the parentheses.</param>
    private static Demanded? Of(Cursor options)
    {
        var (online, resumable) = (false, false);
        foreach (var option in options.Parts())
        {
            online |= option.At("ONLINE = ON");
            resumable |= option.At("RESUMABLE = ON");
            option.SkipRest();
        }
        return online || resumable ? new(null, null) { Online = online, Resumable = resumable } : null;
    }
}
