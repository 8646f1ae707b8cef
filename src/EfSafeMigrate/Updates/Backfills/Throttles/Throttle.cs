using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills.Throttles;

/// <summary>A signal that the batches should stand still for a while. One that cannot be read is one that says so.</summary>
internal abstract class Throttle
{
    private const int Seconds = 3;

    /// <summary>What is looked at, as the subject of a sentence.</summary>
    public abstract string Signal { get; }

    /// <returns>Why the batches stand still, as a clause; null when they may go on.</returns>
    /// <exception cref="SignalUnread">There is no answer.</exception>
    /// <exception cref="QueryFailure">There is none of the server.</exception>
    public abstract Task<string?> LookAsync(Connection control, TimeProvider time, CancellationToken cancellation);

    /// <exception cref="SafeMigrateException">One was asked for that the engine does not have.</exception>
    public static IReadOnlyList<Throttle> Of(ThrottleSettings settings, Engine engine, Action<string> note)
    {
        var forms = engine.Throttles;
        List<Throttle> throttles = [];
        if (settings.Lag != TimeSpan.Zero && (settings.Lag is not null || forms.Replicas is not null))
        {
            throttles.Add(new LagThrottle(Told(forms.Replicas, engine, "how far replicas are behind", "--max-lag"), settings.Lag, forms.Needs, note));
        }
        if (settings.ActiveTransactions is { } active)
        {
            throttles.Add(new ActiveTransactionsThrottle(Told(forms.ActiveTransactions, engine, "how many transactions are open", "--max-active"), active, forms.Needs));
        }
        if (settings.LongestTransaction is { } longest)
        {
            throttles.Add(new LongestTransactionThrottle(Told(forms.LongestTransaction, engine, "how old transactions are", "--max-transaction"), longest, forms.Needs));
        }
        if (settings.LogRate is { } rate)
        {
            throttles.Add(new LogRateThrottle(Told(forms.LogWritten, engine, "how much log is written", "--max-log-rate"), rate));
        }
        if (settings.File is { } file)
        {
            throttles.Add(new FileThrottle(file));
        }
        if (settings.Query is { } query)
        {
            throttles.Add(new QueryThrottle(query));
        }
        if (settings.Window is { } window)
        {
            throttles.Add(new WindowThrottle(window));
        }
        return throttles;
    }

    private static Ask Told(Ask? form, Engine engine, string what, string flag) => form
        ?? throw new SafeMigrateException($"{engine.Name} does not tell {what}.", $"leave out {flag}; --throttle-query \"…\" asks a question of your own");

    private protected static async Task<IReadOnlyList<IReadOnlyList<string?>>> RowsAsync(Connection control, Ask ask, CancellationToken cancellation) =>
        (await control.QueryAsync(ask.Sql, ask.Parameters, Seconds, cancellation)).Rows;

    /// <param name="needs">What a user needs to be told.</param>
    private protected static async Task<double> NumberAsync(Connection control, Ask ask, string? needs, CancellationToken cancellation) =>
        (await RowsAsync(control, ask, cancellation)) is not [[.., { } text]] ? throw new SignalUnread($"this user may not see it{(needs is null ? "" : $" without {needs}")}")
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw new SignalUnread($"`{text}` is not a number");
}
