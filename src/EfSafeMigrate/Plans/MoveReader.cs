using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans;

/// <summary>Reads <c>--move</c>. Names may hold dots and equal signs, so a value is split where both columns exist.</summary>
internal sealed class MoveReader(DatabaseModel source, DatabaseModel target)
{
    public IReadOnlyList<MoveColumn> Read(IEnumerable<string> values) => [.. values.Select(Read)];

    private MoveColumn Read(string value)
    {
        var ends = Enumerable.Range(1, Math.Max(0, value.Length - 2)).Where(at => value[at] == '=').Select(at => (Old: value[..at].Trim(), New: value[(at + 1)..].Trim())).ToList();
        if (ends.Count == 0)
        {
            throw new SafeMigrateException($"`--move {value}` has no value behind `=`.", "write --move OldTable.Column=NewTable.Column with the names of the database");
        }
        foreach (var (old, fresh) in ends)
        {
            if (DecisionReader.Places(old, source) is [var from, ..] && DecisionReader.Places(fresh, target) is [var to, ..])
            {
                return new(from.Table, from.Column, to.Table, to.Column);
            }
        }
        throw DecisionReader.Places(ends[0].Old, source).Count == 0
            ? new SafeMigrateException($"`--move {value}`: the last migration has no column {ends[0].Old}.", "write --move OldTable.Column=NewTable.Column with the names of the database")
            : new SafeMigrateException($"`--move {value}`: the new model has no column {ends[0].New}.", "write --move OldTable.Column=NewTable.Column with the names of the database");
    }
}
