using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>A column restated by <c>MODIFY</c> or <c>CHANGE</c>: what differs decides.</summary>
internal static class MySqlColumnChange
{
    public static Way WayOf(AlterColumn alter, ServerState state, MySqlTraits traits)
    {
        if (alter.Clause is "SET DEFAULT" or "DROP DEFAULT")
        {
            return Way.Instant;
        }
        if (alter.Old is not { } old)
        {
            return Copied(alter, state, traits);
        }
        var now = alter.New;
        var ways = new List<Way> { Typed(alter, old, state, traits) };
        if (old.Nullable != now.Nullable)
        {
            ways.Add(now.Nullable || state.IsStrict() ? Way.Rebuild : traits.NotNullWithoutStrictMode);
        }
        if (old.Identity != now.Identity)
        {
            ways.Add(now.Identity ? Way.Copy : traits.DropIdentity);
        }
        if (old.ComputedSql != now.ComputedSql || old.Stored != now.Stored)
        {
            ways.Add(old.Stored || now.Stored ? Way.Copy : Way.Rebuild);
        }
        if (alter.Position is not null)
        {
            ways.Add(traits.Reorder);
        }
        return ways.Aggregate((all, each) => all.With(each));
    }

    public static FailsIf FailsIfOf(AlterColumn alter, ServerState state)
    {
        if (alter.Old is not { } old)
        {
            return FailsIf.Nothing;
        }
        var nulls = alter.BecomesRequired && state.IsStrict() ? FailsIf.NullsExist : FailsIf.Nothing;
        var (from, to) = (MySqlType.Parse(old.Type), MySqlType.Parse(alter.New.Type));
        return to.IsText && state.IsStrict() && MySqlCharset.Loses(MySqlCharset.Of(old), MySqlCharset.Of(alter.New)) ? nulls | FailsIf.ValuesDoNotFit
            : from.Same(to) || !state.IsStrict() ? nulls
            : to.Name == "json" ? nulls | FailsIf.ViolationsExist
            : to.Holds(from) ? nulls
            : nulls | FailsIf.ValuesDoNotFit;
    }

    private static Way Typed(AlterColumn alter, Column old, ServerState state, MySqlTraits traits)
    {
        var now = alter.New;
        var (from, to) = (MySqlType.Parse(old.Type), MySqlType.Parse(now.Type));
        var way = from.Same(to) || to.Extends(from) ? Way.Instant
            : from.Name == "varchar" && to.Name == "varchar" && to.Length >= from.Length ? traits.Widen(from.Length * MySqlCharset.Bytes(old), to.Length * MySqlCharset.Bytes(now)) is { Algorithm: not Algorithm.Copy } wider ? wider : Copied(alter, state, traits)
            : Copied(alter, state, traits);
        if (!to.IsText)
        {
            return way;
        }
        if (MySqlCharset.Of(old) != MySqlCharset.Of(now))
        {
            return way.With(traits.Charset(MySqlCharset.Of(old), MySqlCharset.Of(now)));
        }
        var indexed = state.Model.Find(alter.Table)?.IsIndexed(now.Name) == true;
        return old.Collation == now.Collation ? way : way.With(traits.Collation(indexed));
    }

    /// <summary>Keys that follow or check other rows keep a copy from being online.</summary>
    private static Way Copied(AlterColumn alter, ServerState state, MySqlTraits traits)
    {
        var table = state.Model.Find(alter.Table);
        var plain = table is not null && table.ForeignKeys.Count == 0 && !state.Model.ReferencesTo(alter.Table).Any() && !alter.New.Identity;
        return plain && traits.CopiesOnline(state.Version) ? Way.Copy with { Lock = LockLevel.None } : Way.Copy;
    }

    /// <summary>A longer text whose length takes another byte in each row.</summary>
    public static Widening? WideningOf(AlterColumn alter, MySqlTraits traits)
    {
        if (alter.Old is not { } old || MySqlType.Parse(old.Type) is not { Name: "varchar" } from || MySqlType.Parse(alter.New.Type) is not { Name: "varchar" } to
            || to.Length <= from.Length || MySqlCharset.Of(old) != MySqlCharset.Of(alter.New))
        {
            return null;
        }
        var (each, before) = (MySqlCharset.Bytes(old), from.Length * MySqlCharset.Bytes(old));
        return traits.Widen(before, to.Length * each).Algorithm != Algorithm.Copy
            ? null
            : new(before, to.Length * each, $"varchar({Math.Max(from.Length, MySqlType.OneByteLength / each)})");
    }
}
