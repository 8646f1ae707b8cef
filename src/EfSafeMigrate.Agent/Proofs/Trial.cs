using System.Data.Common;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Bag = System.Collections.Generic.Dictionary<string, object?>;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>One release writes rows of every entity, another reads and changes them, and each step is told as it went.</summary>
internal sealed class Trial
{
    private const string Point = "safe_migrate_deed";

    private readonly ReleaseContexts contexts;
    private readonly IModel[] models;
    private readonly RowRules[] rules;
    private readonly IReadOnlyList<RowQuestion> questions;
    private readonly ISqlGenerationHelper sql;
    private readonly Fitting fitting;
    private readonly SharedRange range;
    private readonly MadeUp made = new();
    private readonly List<Row> rows = [];
    private readonly List<ProofStep> steps = [];
    private readonly List<string> unproved = [];

    public Trial(DbContext user, DbTransaction transaction, ReleaseModels known, ProofRequest request)
    {
        contexts = new(user, transaction);
        models = request.Reader is { } reader ? [known.Of(request.Writer), known.Of(reader)] : [known.Of(request.Writer)];
        CommonNames.Give([.. models, .. request.Rules.Select(known.Of)], request.Moved);
        rules = [.. models.Select(model => new RowRules([model, .. request.Rules.Select(known.Of)]))];
        range = new([.. request.Holding.Select(known.Of)], request.Held);
        questions = request.Questions;
        sql = user.GetService<ISqlGenerationHelper>();
        fitting = new(transaction, sql);
    }

    public async Task<ProofResult> RunAsync(CancellationToken cancellation)
    {
        var filling = new Filling(made, rules[0], range, rows);
        foreach (var subject in Subject.Of(models[0], rules[0]))
        {
            foreach (var kind in Enum.GetValues<RowKind>())
            {
                await InsertAsync(subject, kind, filling, cancellation);
            }
            if (!rows.Exists(row => row.Subject == subject))
            {
                await GlanceAsync(subject.Type, cancellation);
            }
        }
        await LookAsync(cancellation);
        await ChangeAsync(ProofSide.Writer, filling, cancellation);
        await LookAsync(cancellation);
        if (models.Length > 1)
        {
            await ChangeAsync(ProofSide.Reader, new Filling(made, rules[1], range, rows), cancellation);
            await LookAsync(cancellation);
        }
        foreach (var row in Enumerable.Reverse(rows))
        {
            await DeleteAsync(row, cancellation);
        }
        foreach (var type in Subject.ReadOnly(models[0]))
        {
            await GlanceAsync(type, cancellation);
        }
        return new(steps, [.. unproved.Distinct()]);
    }

    /// <summary>What has no row of the trial is read all the same.</summary>
    private Task GlanceAsync(IEntityType type, CancellationToken cancellation) => DoAsync(ProofSide.Writer, ProofDeed.Read, type.ShortName(), type.ShortName(), async context =>
    {
        await Parts(type).Aggregate(context.Set<Bag>(type.Name).AsNoTracking(), (all, part) => all.Include(part.Name)).Take(1).LoadAsync(cancellation);
        return [];
    }, cancellation);

    private async Task InsertAsync(Subject subject, RowKind kind, Filling filling, CancellationToken cancellation)
    {
        var row = new Row(subject, kind);
        var seed = new Seed(subject.Type, kind == RowKind.Sparse);
        await DoAsync(ProofSide.Writer, ProofDeed.Insert, subject.Name, row.Id, async context =>
        {
            filling.Insert(subject, kind, seed.Cells);
            await fitting.FitAsync(seed.Cells, rules[0], cancellation);
            var written = seed.Cells.SelectMany(cell => cell.Written ? cell.Told(cell.Value) : Default(cell)).ToArray();
            seed.AddTo(context, subject.Type);
            await context.SaveChangesAsync(cancellation);
            row.Learn(Cell.Of(context.ChangeTracker));
            rows.Add(row);
            return written;
        }, cancellation);
    }

    private IEnumerable<ProofValue> Default(Cell cell) => cell.Columns
        .SelectMany(place => rules[0].TryDefault(place.Table, place.Column, out var value) ? cell.Told(value).Where(told => told.Table == place.Table) : []);

    private async Task LookAsync(CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            for (var side = 0; side < models.Length; side++)
            {
                if (TypeFor((ProofSide)side, row) is { } type)
                {
                    await DoAsync((ProofSide)side, ProofDeed.Read, type.ShortName(), row.Id, async context =>
                    {
                        var cells = await LoadAsync(context, type, row, cancellation);
                        row.Learn(cells);
                        return cells.Where(cell => !cell.IsRenewed).SelectMany(cell => cell.Told(cell.Value));
                    }, cancellation);
                }
            }
            foreach (var question in questions.Where(question => row.Subject.Table == (question.Schema is null ? question.Table : $"{question.Schema}.{question.Table}")))
            {
                await AskAsync(row, question, cancellation);
            }
        }
    }

    private async Task ChangeAsync(ProofSide side, Filling filling, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            if (TypeFor(side, row) is not { } type)
            {
                continue;
            }
            var cleared = row.Kind == (side == ProofSide.Writer ? RowKind.Twin : RowKind.Sparse);
            await DoAsync(side, ProofDeed.Update, type.ShortName(), row.Id, async context =>
            {
                var cells = await LoadAsync(context, type, row, cancellation);
                filling.Update(Subject.For(type, rules[(int)side]), row.Kind, cells, small: (row.Kind == RowKind.Full) == (side == ProofSide.Writer), cleared);
                await fitting.FitAsync(cells, rules[(int)side], cancellation);
                var written = cells.Where(cell => cell.Written).SelectMany(cell => cell.Told(cell.Value)).ToArray();
                await context.SaveChangesAsync(cancellation);
                return written;
            }, cancellation);
        }
    }

    private Task DeleteAsync(Row row, CancellationToken cancellation) => DoAsync(ProofSide.Writer, ProofDeed.Delete, row.Subject.Name, row.Id, async context =>
    {
        await LoadAsync(context, row.Subject.Type, row, cancellation);
        context.RemoveRange(context.ChangeTracker.Entries().Where(entry => !entry.Metadata.IsOwned()).Select(entry => entry.Entity).ToArray());
        await context.SaveChangesAsync(cancellation);
        row.Deleted = true;
        return [];
    }, cancellation);

    private async Task AskAsync(Row row, RowQuestion question, CancellationToken cancellation)
    {
        var known = row.Subject.Key.Select(property => (Property: property, Column: Cell.NameIn(property, row.Subject.Table)!)).ToArray();
        await DoAsync(ProofSide.Writer, ProofDeed.Ask, row.Subject.Name, row.Id, async context =>
        {
            await using var command = contexts.Transaction.Connection!.CreateCommand();
            command.Transaction = contexts.Transaction;
            var key = known.Select((part, at) =>
            {
                var parameter = part.Property.GetRelationalTypeMapping().CreateParameter(command, $"@p{at}", Filling.Converted(row.Values[(row.Subject.Table, part.Column)], part.Property));
                command.Parameters.Add(parameter);
                return $"{sql.DelimitIdentifier(part.Column)} = {parameter.ParameterName}";
            });
#pragma warning disable CA2100 // The tool's own condition.
            command.CommandText = $"SELECT COUNT(*) FROM {sql.DelimitIdentifier(question.Table, question.Schema)} WHERE {string.Join(" AND ", key)} AND ({question.Sql})";
#pragma warning restore CA2100
            var found = Convert.ToInt32(await command.ExecuteScalarAsync(cancellation), System.Globalization.CultureInfo.InvariantCulture);
            return found == 0 ? [] : [new ProofValue(row.Subject.Table, question.Column, null)];
        }, cancellation, question.Column);
    }

    private IEntityType? TypeFor(ProofSide side, Row row) => side == ProofSide.Writer ? row.Subject.Type : row.Subject.In(models[1]);

    private static async Task<IReadOnlyList<Cell>> LoadAsync(DbContext context, IEntityType type, Row row, CancellationToken cancellation)
    {
        var bag = Expression.Parameter(typeof(Bag), "bag");
        var key = type.FindPrimaryKey()!.Properties.Select(property => Expression.Equal(
            Expression.Call(typeof(EF), nameof(EF.Property), [property.ClrType], bag, Expression.Constant(property.Name)), Parameter(row, property)));
        var query = Parts(type).Aggregate(
            context.Set<Bag>(type.Name).Where(Expression.Lambda<Func<Bag, bool>>(key.Aggregate(Expression.AndAlso), bag)), (all, part) => all.Include(part.Name));
        return (await query.ToListAsync(cancellation)).Count == 1 ? Cell.Of(context.ChangeTracker) : throw new MissingRowException();
    }

    private static IEnumerable<INavigation> Parts(IEntityType type) => type.GetNavigations().Where(Subject.IsPart);

    /// <summary>As a variable would be captured, so that EF prepares one query for all rows.</summary>
    private static MemberExpression Parameter(Row row, IProperty property)
    {
        var places = property.GetTableColumnMappings().Select(mapping => (mapping.TableMapping.Table.CommonName(), mapping.Column.Name));
        var value = Filling.Converted(places.Select(place => row.Values.GetValueOrDefault(place)).FirstOrDefault(value => value is not null), property);
        var box = Activator.CreateInstance(typeof(StrongBox<>).MakeGenericType(property.ClrType), value);
        return Expression.Field(Expression.Constant(box), nameof(StrongBox<int>.Value));
    }

    /// <summary>A deed that fails leaves nothing behind, and the next one is tried all the same.</summary>
    private async Task DoAsync(
        ProofSide side, ProofDeed deed, string entity, string row, Func<DbContext, Task<IEnumerable<ProofValue>>> work, CancellationToken cancellation, string? column = null)
    {
        cancellation.ThrowIfCancellationRequested();
        await contexts.Transaction.SaveAsync(Point, cancellation);
        try
        {
            await using var context = await contexts.OpenAsync(models[(int)side], cancellation);
            steps.Add(new(side, deed, entity, row, [.. await work(context)]) { Column = column });
            await contexts.Transaction.ReleaseAsync(Point, cancellation);
        }
        catch (NotTriedException reason)
        {
            await contexts.Transaction.RollbackAsync(Point, CancellationToken.None);
            unproved.Add($"{entity} was not {(deed == ProofDeed.Insert ? "inserted" : "updated")} by way of trial: {reason.Message}.");
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested && !ConnectionLoss.Is(exception))
        {
            await contexts.Transaction.RollbackAsync(Point, CancellationToken.None);
            var cause = Cause(exception);
            steps.Add(new(side, deed, entity, row, []) { Failure = cause.Message, SqlState = (cause as DbException)?.SqlState, Column = column });
        }
    }

    /// <summary>EF says only that it could not save; the database says why.</summary>
    private static Exception Cause(Exception exception) =>
        exception is not DbException && exception.InnerException is { } inner && Found(inner) is { } database ? database : exception;

    private static DbException? Found(Exception? exception) => exception is null or DbException ? exception as DbException : Found(exception.InnerException);

    private sealed class MissingRowException : Exception
    {
        public override string Message => "the row is not there";
    }
}
